import { globSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@yinglian/testing';
import { RegistryService } from './registry-service.js';
import { StoredObjects } from './stored-objects.js';

/** A registry that stores packs compact when they are older than a day. */
export class Recompressed {
  readonly primary: StoredObjects;
  readonly compact: StoredObjects;

  constructor(
    readonly registry: RegistryService,
    folder = registry.environment.OBJECTS_FOLDER ?? '',
  ) {
    this.primary = new StoredObjects(folder);
    this.compact = new StoredObjects(join(folder, 'compact'));
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Recompressed> {
    return new Recompressed(
      await RegistryService.start(undefined, {
        RECOMPRESS_AFTER_DAYS: '1',
        RECOMPRESS_BYTES_PER_SECOND: '1000000000',
        ...settings,
      }),
    );
  }

  /** Of a pack: stored as it came, compact, or both. */
  formsOf(digest: string): string {
    const forms = [this.primary.has(digest) ? 'plain' : '', this.compact.has(digest) ? 'compact' : ''];
    return forms.filter((form) => form !== '').join(' and ');
  }

  /** As if two days had passed since everything was registered. Resolves when all of it was looked at. */
  async twoDaysLater(): Promise<void> {
    const { database } = this.registry;
    await database.query("UPDATE packs SET committed_at = committed_at - interval '2 days'");
    await database.query("UPDATE recompress_again SET since = since - interval '2 days'");
    await until(async () => {
      const [left] = await database.query<{ n: number }>(
        `SELECT (SELECT count(*) FROM packs WHERE sequence > (SELECT through_sequence FROM recompression))::int
           + (SELECT count(*) FROM recompress_again WHERE since < now() - interval '1 day')::int AS n`,
      );
      return left?.n === 0;
    });
  }

  /** Bytes of all packs on the disk, whichever way they are stored. */
  async storedBytes(): Promise<number> {
    const folders = [this.primary.folder, this.compact.folder];
    const paths = folders.flatMap((folder) => globSync(join(folder, 'packs', '*', '*')));
    const sizes = await Promise.all(
      paths.filter((path) => !path.includes('.', path.lastIndexOf('/'))).map((path) => stat(path)),
    );
    return sizes.reduce((sum, { size }) => sum + size, 0);
  }

  async operations() {
    const { json } = await this.registry.get('/api/study-registry/operations', 'application/json', {
      roles: ['administrator'],
    });
    return json;
  }
}
