import { pathToFileURL } from 'node:url';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import type { TestPack } from './pack-of.js';
import { partsOf } from './parts-of.js';
import { RegistryService } from './registry-service.js';
import { StoredObjects } from './stored-objects.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

export interface StoredPack extends TestPack {
  readonly file: Buffer;
  readonly address: string;
}

/** A registry, its replica, and what operators ask of them. */
export class Scrubbed {
  constructor(
    readonly registry: RegistryService,
    readonly primary: StoredObjects,
    readonly replica: StoredObjects,
  ) {}

  /** On files, with a folder as its replica. */
  static async onFiles(replica: string): Promise<Scrubbed> {
    const registry = await RegistryService.start(undefined, {
      REPLICA_URL: pathToFileURL(replica).href,
      SCRUB_BYTES_PER_SECOND: '100000000',
    });
    const primary = new StoredObjects(registry.environment.OBJECTS_FOLDER ?? '');
    const scrubbed = new Scrubbed(registry, primary, new StoredObjects(replica));
    await scrubbed.atRest(2);
    return scrubbed;
  }

  /** The scrubber has read what there is in so many stores: from now on it finds nothing before a spec does. */
  async atRest(stores: 1 | 2): Promise<void> {
    const isRead = ({ verifiedShare }: { verifiedShare: number }) => verifiedShare === 1;
    await until(async () => {
      const { places } = await this.shown();
      return places.length === stores && places.every(isRead);
    });
  }

  async store(): Promise<StoredPack> {
    const series = ctSeries(1);
    const [file = Buffer.alloc(0)] = series.slices.map(fileOf);
    const pack = await this.registry.store('H001', [file]);
    return { ...pack, file, address: `/dicom-web/studies/${series.studyInstanceUid}` };
  }

  /** One that has come to the replica. */
  async copied(): Promise<StoredPack> {
    const pack = await this.store();
    await until(async () => (await this.queued()) === 0);
    return pack;
  }

  async queued(): Promise<number> {
    const [row] = await this.registry.database.query<{ n: number }>('SELECT count(*)::int AS n FROM replica_queue');
    return row?.n ?? -1;
  }

  async ask(method: string, path: string, role: 'administrator' | 'clinician' = 'administrator') {
    const token = await this.registry.issuer.personToken({ subject: 'adm', roles: [role], hospital: null });
    return this.registry.ask(method, `/api/study-registry/scrub${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  async verify({ digest }: Pick<StoredPack, 'digest'>) {
    const { json } = await this.ask('POST', `/packs/${digest}`);
    return json.places.map(({ isSound }: { isSound: boolean }) => isSound);
  }

  /** What was found of a pack, the first that was found first. */
  async found({ digest }: Pick<StoredPack, 'digest'>) {
    const rows = await this.registry.database.query<Record<string, string>>(
      `SELECT place, object, damage, found_by, state, reason, healed_from FROM damaged_objects WHERE digest = $1 ORDER BY damage_id`,
      [digest],
    );
    return rows.map(({ place, object, damage, found_by: by, state, reason, healed_from: from }) =>
      [place, object, damage, by, state, state === 'healed' ? from : reason].join(' '),
    );
  }

  async answers({ file, address }: StoredPack): Promise<number | 'other bytes'> {
    const answer = await this.registry.get(address, MULTIPART);
    if (answer.status !== 200) return answer.status;
    return partsOf(answer)[0]?.body.equals(file) === true ? 200 : 'other bytes';
  }

  /** As many of what operators see. */
  async shown() {
    return (await this.ask('GET', '')).json;
  }

  /** As if that time had passed since everything was read. */
  async isDue(): Promise<void> {
    await this.registry.database.query(
      "UPDATE scrub_parts SET verified_since = now() - interval '40 days', verified_at = now() - interval '40 days'",
    );
  }
}
