import { Injectable } from '@nestjs/common';
import { limitAt, minutesLeft, percentDone } from '../domain/backfill-forecast.js';
import { daysBefore, daysBetween, localTime } from '../domain/backfill-plan.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { BackfillStore } from './backfill.store.js';
import { BackfillHoursStore } from './backfill-hours.store.js';
import { BackfillMeter } from './backfill-meter.js';
import type { BackfillSettings } from './backfill-settings.js';
import type { BackfillCounts, BackfillEstimate, BackfillStanding, BackfillStatus } from './backfill-status.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SHOWN_FAILURES = 100;
/** Fewer say nothing of the pace of a PACS. */
const FEWEST_STUDIES = 5;

/** How far the backfill is, for the page of the gateway. */
@Injectable()
export class BackfillStatusHandler {
  constructor(
    private readonly file: HospitalFile,
    private readonly store: BackfillStore,
    private readonly hours: BackfillHoursStore,
    private readonly meter: BackfillMeter,
  ) {}

  /** Undefined when the hospital's file has no backfill. */
  execute(now = new Date()): BackfillStatus | undefined {
    const { backfill } = this.file.current;
    if (backfill === undefined) return undefined;
    const counts = this.store.counts();
    const { days, studies } = counts;
    const newest = backfill.to ?? this.store.newestDay ?? daysBefore(localTime(now, backfill.timeZone).day, 1);
    const daysLeft = Math.max(0, daysBetween(backfill.from, newest) - days);
    const settled = studies.there + studies.failed;
    const all = settled + studies.waiting + studies.moving + studies.moved;
    const standing = this.standing(backfill, daysLeft === 0 && settled === all, now);
    return {
      ...counts,
      pacs: backfill.pacs,
      standing,
      percent: percentDone({ days, daysLeft, studies: all, settled }),
      daysLeft,
      received: this.meter.figures(now.getTime()),
      estimate: standing === 'paused' || standing === 'done' ? null : this.estimate(backfill, counts, daysLeft, now),
      windows: backfill.windows,
      failed: this.store.failed(SHOWN_FAILURES),
    };
  }

  private standing(settings: BackfillSettings, isDone: boolean, now: Date): BackfillStanding {
    if (isDone) return 'done';
    if (this.store.isPaused) return 'paused';
    const limit = limitAt(localTime(now, settings.timeZone).minute, settings);
    if (limit === 0) return 'resting';
    return this.store.movedSince(now.getTime() - HOUR_MS) >= limit ? 'throttled' : 'running';
  }

  /** Days that were not searched are taken to have as much to move as those that were. */
  private estimate(
    settings: BackfillSettings,
    { days, studies }: BackfillCounts,
    daysLeft: number,
    now: Date,
  ): BackfillEstimate | null {
    const recent = this.hours.recent();
    if (recent.studies < FEWEST_STUDIES || days === 0) return null;
    const waiting = studies.waiting + studies.moving;
    const toCome = ((this.store.movedSince(0) + waiting) / days) * daysLeft;
    const pacePerHour = recent.studies / (recent.workingMs / HOUR_MS);
    const { minute } = localTime(now, settings.timeZone);
    const left = minutesLeft(waiting + toCome, minute, settings, pacePerHour);
    if (left === null) return null;
    return { minutesLeft: left, endsAt: new Date(now.getTime() + left * MINUTE_MS).toISOString() };
  }
}
