import { Injectable } from '@nestjs/common';
import { isWithin, localTime } from '../domain/backfill-plan.js';
import { StudyFetcher } from '../fetch-studies/study-fetcher.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillSettings } from './backfill-settings.js';

export type Move = 'moved' | 'nothing' | 'not-now' | 'away';

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
  ) {}

  mayWork(settings: BackfillSettings, now: Date): boolean {
    if (this.forward.pendingPacks >= MOST_PENDING_PACKS || !this.forward.spool.hasRoom) return false;
    const { minute } = localTime(now, settings.timeZone);
    const limit = isWithin(minute, settings.windows) ? settings.studiesPerHour : settings.studiesPerHourOutside;
    return limit > this.store.movedSince(now.getTime() - HOUR_MS);
  }

  async moveNext(settings: BackfillSettings, now: Date, signal: AbortSignal): Promise<Move> {
    const study = this.store.due('waiting', now.getTime());
    if (study === undefined) return 'nothing';
    const { studyInstanceUid } = study;
    this.store.moving(studyInstanceUid);
    const outcome = await this.fetcher.fetch(settings, { studyInstanceUid }, signal);
    // Whether it arrived is looked at by the next process.
    if (signal.aborted) return 'away';
    if (outcome.kind === 'fetched') {
      this.store.moved(studyInstanceUid, outcome.instances, Date.now() + CHECK_AFTER_MS);
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
