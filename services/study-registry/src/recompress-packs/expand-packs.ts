import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PACK_LIMIT_BYTES } from '@yinglian/dicom';
import { ObjectDamaged, ObjectMissing, ObjectStore, ObjectTooShort } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { CompactPackStore } from '../storage/compact-pack.store.js';
import { DamageReports } from '../storage/damage-reports.js';
import { packKey } from '../storage/pack-index.js';
import { RecompressionStore } from '../storage/recompression.store.js';
import { whileRegistered } from '../storage/while-registered.js';
import { CompactObjectStore } from './compact/compact-object-store.js';
import { RecompressSettings } from './recompress-settings.js';

/** Compact packs whose names are held at once. */
const TOGETHER = 50;

/** Stores packs as they came that are stored compact, by what the object store has of them. */
@Injectable()
export class ExpandPacks {
  private last = '';

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly reports: DamageReports,
    private readonly settings: RecompressSettings,
  ) {}

  /** Whether there may be more. One that is damaged is told and stays. @throws ObjectStoreFull, ObjectStoreUnavailable, AbortError */
  async execute(signal: AbortSignal): Promise<boolean> {
    const store = this.objects;
    if (!(store instanceof CompactObjectStore)) throw new Error('The store of packs keeps nothing compact');
    const digests: string[] = [];
    for await (const key of store.compactPacks(this.last)) {
      digests.push(key.slice(key.lastIndexOf('/') + 1));
      this.last = key;
      if (digests.length === TOGETHER) break;
    }
    for (const digest of digests) {
      signal.throwIfAborted();
      await this.expand(store, digest, signal);
    }
    if (digests.length < TOGETHER) this.last = '';
    return digests.length === TOGETHER;
  }

  private async expand(store: CompactObjectStore, digest: string, signal: AbortSignal): Promise<void> {
    const key = packKey(digest);
    if (!(await this.isStoredPlain(store, key, digest, signal))) return this.reports.report(digest);
    // What is deleted is listed no more: nothing would take it out of the accounts after a crash.
    await this.database.transaction(async (tx) => {
      await new CompactPackStore(tx).remove(digest);
      await new RecompressionStore(tx).again(digest);
    });
    await store.deleteCompact(key);
  }

  /** Whether all of it is there as it came, in the end. */
  private async isStoredPlain(store: CompactObjectStore, key: string, digest: string, signal: AbortSignal) {
    const { rate } = this.settings;
    const paced = async function* (bytes: AsyncIterable<Buffer>) {
      for await (const piece of bytes) {
        await rate.spend(piece.length, signal);
        yield piece;
      }
    };
    try {
      if (await store.stored.has(key)) {
        const hash = createHash('sha256');
        for await (const piece of paced(store.stored.stream(key))) hash.update(piece);
        return hash.digest('hex') === digest;
      }
      const pack = await store.receive(paced(store.compact.stream(store.compactKey(key))), PACK_LIMIT_BYTES);
      try {
        if (pack.sha256 !== digest) return false;
        return await whileRegistered(this.database, digest, () => pack.keep(key));
      } finally {
        await pack.discard();
      }
    } catch (error) {
      if ([ObjectDamaged, ObjectTooShort, ObjectMissing].some((kind) => error instanceof kind)) return false;
      throw error;
    }
  }
}
