import { Injectable, Logger } from '@nestjs/common';
import { ObjectDamaged, ObjectMissing, ObjectStore, ObjectTooShort } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { ProblemError } from '@yinglian/platform';
import type { CompactSizes } from '../storage/compact-pack.store.js';
import { DamageReports } from '../storage/damage-reports.js';
import { packKey } from '../storage/pack-index.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { whileRegistered } from '../storage/while-registered.js';
import { sharedBands } from './bands/band-threads.js';
import { CompactObjectStore } from './compact/compact-object-store.js';
import { type Made, makeCompact } from './make-compact.js';
import { type PlannedSegment, planSegments } from './plan-segments.js';

/** What saves less stays as it is: it would be slower to read for nothing. */
const LEAST_SAVING = 0.05;

export type Recompressed =
  /** It is stored compact and in no other way. */
  | ({ readonly kind: 'compact' } & CompactSizes)
  /** Or goes, since it is registered no more. */
  | { readonly kind: 'stays' }
  /** It is damaged, which is told, or not there. */
  | { readonly kind: 'unreadable' };

/** Stores a pack compact. Broken off anywhere, it leaves the pack as it came, as compact, or as both, and can be done again. */
@Injectable()
export class RecompressPack {
  private readonly logger = new Logger(RecompressPack.name);

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly indexes: PackIndexStore,
    private readonly reports: DamageReports,
  ) {}

  /** @throws ObjectStoreFull, ObjectStoreUnavailable, and what `spend` throws */
  async execute(digest: string, sizeBytes: number, spend: (bytes: number) => Promise<void>): Promise<Recompressed> {
    const store = this.objects;
    if (!(store instanceof CompactObjectStore)) throw new Error('The store of packs keeps nothing compact');
    const key = packKey(digest);
    try {
      if (!(await store.stored.has(key))) {
        return { kind: 'compact', ...(await store.compact.sizes(store.compactKey(key))) };
      }
      const planned = planSegments(await this.indexes.index(digest), sizeBytes);
      if (codable(planned) < sizeBytes * LEAST_SAVING) return { kind: 'stays' };
      const recoding = {
        key,
        digest,
        planned,
        leastSaving: LEAST_SAVING,
        whileRegistered: (keep: () => Promise<void>) => whileRegistered(this.database, digest, keep),
        spend,
      };
      return await this.outcome(store, digest, sizeBytes, await makeCompact(store, sharedBands, recoding));
    } catch (error) {
      const isDamage = [ObjectDamaged, ObjectTooShort, ObjectMissing].some((kind) => error instanceof kind);
      if (isDamage) await this.reports.report(digest);
      // Whoever read its index has told it.
      else if (!(error instanceof ProblemError)) throw error;
      return { kind: 'unreadable' };
    }
  }

  private async outcome(
    store: CompactObjectStore,
    digest: string,
    sizeBytes: number,
    made: Made,
  ): Promise<Recompressed> {
    switch (made.kind) {
      case 'made':
        await store.stored.delete(packKey(digest));
        return { kind: 'compact', sizeBytes, storedBytes: made.storedBytes };
      case 'other bytes':
        await this.reports.report(digest);
        return { kind: 'unreadable' };
      case 'not reversible':
        this.logger.error(`Pack ${digest} stays as it is: its compact form is not read again as the same bytes`);
        return { kind: 'stays' };
      case 'gone':
      case 'not worth it':
        return { kind: 'stays' };
    }
  }
}

const codable = (planned: readonly PlannedSegment[]) =>
  planned.reduce((sum, { bytes, shape }) => sum + (shape === undefined ? 0 : bytes), 0);
