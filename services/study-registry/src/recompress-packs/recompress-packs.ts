import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { meter } from '@yinglian/platform';
import { StoreMarks } from '../scrub-packs/store-marks.js';
import { CompactPackStore } from '../storage/compact-pack.store.js';
import { KeptStore } from '../storage/kept.store.js';
import { RecompressionStore } from '../storage/recompression.store.js';
import { ExpandPacks } from './expand-packs.js';
import { RecompressPack } from './recompress-pack.js';
import { RecompressSettings } from './recompress-settings.js';
import { RecompressedRound } from './recompressed-round.js';

const DAY_MS = 24 * 3_600_000;
/** Packs whose names are held at once. */
const TOGETHER = 50;
/** Rounds are short when packs become old one by one. */
const TOLD_EVERY_MS = 60_000;

/** Stores packs compact that were registered long enough ago, the oldest first, or all as they came. */
@Injectable()
export class RecompressPacks {
  private readonly logger = new Logger(RecompressPacks.name);
  private readonly round = new RecompressedRound(TOLD_EVERY_MS);
  private readonly saved = meter().createCounter('registry.recompress.bytes.saved', { unit: 'By' });
  private readonly packs = meter().createCounter('registry.recompress.packs');

  constructor(
    private readonly database: Database,
    private readonly marks: StoreMarks,
    private readonly recompressPack: RecompressPack,
    private readonly expandPacks: ExpandPacks,
    private readonly settings: RecompressSettings,
  ) {}

  /** Whether there may be more to do. It goes on where it was broken off. @throws StoreNotKnown, ObjectStoreFull, ObjectStoreUnavailable, AbortError */
  async execute(signal: AbortSignal): Promise<boolean> {
    const isMore = await this.turn(signal);
    const told = isMore ? undefined : this.round.told(performance.now());
    if (told !== undefined) this.logger.log(told);
    return isMore;
  }

  private async turn(signal: AbortSignal): Promise<boolean> {
    const { afterDays } = this.settings;
    if (afterDays === undefined || !(await this.marks.isReady('primary'))) return false;
    if (afterDays === 'never') return this.expandPacks.execute(signal);
    const since = new Date(Date.now() - afterDays * DAY_MS);
    const turns = new RecompressionStore(this.database);
    const again = await turns.dueAgain(since);
    if (again !== undefined) {
      await this.look(again, signal);
      await turns.doneAgain(again, since);
      return true;
    }
    let through = await turns.through();
    const next = await turns.behind(through, TOGETHER);
    for (const { digest, sequence, committedAt } of next) {
      if (committedAt >= since) return false;
      await this.look(digest, signal);
      if (!(await turns.passed(through, sequence))) return true;
      through = sequence;
    }
    return next.length > 0;
  }

  private async look(digest: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const kept = await new KeptStore(this.database).find(digest);
    // One that is at its hospital is looked at when it has come; a retired one is read no more.
    if (kept?.kind !== 'pack') return;
    const spend = (bytes: number) => this.settings.rate.spend(bytes, signal);
    const recompressed = await this.recompressPack.execute(digest, kept.sizeBytes, spend);
    this.packs.add(1, { outcome: recompressed.kind });
    this.round.add(recompressed);
    if (recompressed.kind === 'unreadable') {
      // A disk that is not mounted lacks all of them.
      await this.marks.check('primary');
      return new RecompressionStore(this.database).again(digest);
    }
    if (recompressed.kind === 'stays') return;
    await this.database.transaction((tx) => new CompactPackStore(tx).add(digest, recompressed));
    this.saved.add(recompressed.sizeBytes - recompressed.storedBytes);
  }
}
