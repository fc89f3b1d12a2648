import { Injectable } from '@nestjs/common';
import { limitAt } from '../domain/backfill-forecast.js';
import { localTime } from '../domain/backfill-plan.js';
import { StudyFetcher } from '../fetch-studies/study-fetcher.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { BackfillStore } from './backfill.store.js';
import { BackfillMeter } from './backfill-meter.js';
import type { BackfillSettings } from './backfill-settings.js';

export type Move = 'moved' | 'nothing' | 'away';
/** `held-back`: by the time of day, or the limit of the hour. `full`: what came must leave first. */
export type Leave = 'granted' | 'held-back' | 'full';

/** So much of the spool may be old images, 2 GiB: the day's own need the rest. */
const MOST_PENDING_PACKS = 64;
const HOUR_MS = 3_600_000;
/** Images that were moved take a little to be at the registry. */
const CHECK_AFTER_MS = 1_000;
const TRY_AGAIN_MS = 15_000;

/** Has studies moved, one at a time, and not more in an hour than the hospital allows. */
@Injectable()
export class StudyMover {
  constructor(
    private readonly store: BackfillStore,
    private readonly fetcher: StudyFetcher,
    private readonly forward: ForwardInstances,
    private readonly meter: BackfillMeter,
  ) {}

  leave(settings: BackfillSettings, now: Date): Leave {
    const limit = limitAt(localTime(now, settings.timeZone).minute, settings);
    if (this.store.movedSince(now.getTime() - HOUR_MS) >= limit) return 'held-back';
    const isFull = this.forward.pendingPacks >= MOST_PENDING_PACKS || !this.forward.spool.hasRoom;
    return isFull ? 'full' : 'granted';
  }

  async moveNext(settings: BackfillSettings, now: Date, signal: AbortSignal): Promise<Move> {
    const study = this.store.due('waiting', now.getTime());
    if (study === undefined) return 'nothing';
    const { studyInstanceUid } = study;
    this.store.moving(studyInstanceUid);
    const outcome = await this.fetcher.fetch(settings, { studyInstanceUid }, signal, (bytes) =>
      this.meter.received(bytes),
    );
    // Whether it arrived is looked at by the next process.
    if (signal.aborted) return 'away';
    if (outcome.kind === 'fetched') {
      this.store.moved(studyInstanceUid, outcome.instances, Date.now() + CHECK_AFTER_MS);
      this.meter.moved();
      return 'moved';
    }
    if (outcome.kind === 'away') {
      this.store.untried(studyInstanceUid, Date.now() + TRY_AGAIN_MS);
      return 'away';
    }
    if (outcome.kind === 'only-priors') {
      this.store.there(studyInstanceUid);
      return 'moved';
    }
    const problem = outcome.kind === 'not-found' ? 'The PACS does not have it any more' : outcome.problem;
    this.store.failedOnce(study, problem, settings);
    return 'moved';
  }
}
