import { Injectable } from '@nestjs/common';
import { ArrivalChecker } from './arrival-checker.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillSettings } from './backfill-settings.js';
import { DaySearcher } from './day-searcher.js';
import { StudyMover } from './study-mover.js';

/** `idle`: there is nothing to do now, or it may not be done now. `full`: what came must leave first. `away`: somebody does not answer. */
export type Step = 'done' | 'idle' | 'full' | 'away';

/** What comes next: check a study that was moved, move one that is missing, or search one more day. */
@Injectable()
export class BackfillSteps {
  constructor(
    private readonly store: BackfillStore,
    private readonly checker: ArrivalChecker,
    private readonly mover: StudyMover,
    private readonly searcher: DaySearcher,
  ) {}

  resume(): void {
    this.store.resume(Date.now());
  }

  /** Rejects with a DeviceAway, a problem of the PACS or a ProvinceAway. */
  async take(settings: BackfillSettings, signal: AbortSignal): Promise<Step> {
    const now = new Date();
    if (await this.checker.checkNext(settings, now.getTime())) return 'done';
    const leave = this.store.isPaused ? 'held-back' : this.mover.leave(settings, now);
    if (leave !== 'granted') return leave === 'full' ? 'full' : 'idle';
    const move = await this.mover.moveNext(settings, now, signal);
    if (move === 'away') return 'away';
    if (move === 'moved' || (await this.searcher.searchNext(settings, now))) return 'done';
    return 'idle';
  }
}
