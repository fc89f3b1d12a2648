import { Injectable } from '@nestjs/common';
import { daysBefore, daysBetween, localTime } from '../domain/backfill-plan.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { BackfillStore } from './backfill.store.js';
import type { BackfillCounts, BackfillStatus } from './backfill-status.js';

const DAY_MS = 24 * 3_600_000;
const SHOWN_FAILURES = 100;

/** How far the backfill is, for the page of the gateway. */
@Injectable()
export class BackfillStatusHandler {
  constructor(
    private readonly file: HospitalFile,
    private readonly store: BackfillStore,
  ) {}

  /** Undefined when the hospital's file has no backfill. */
  execute(now = new Date()): BackfillStatus | undefined {
    const { backfill } = this.file.current;
    if (backfill === undefined) return undefined;
    const counts = this.store.counts();
    const newest = backfill.to ?? this.store.newestDay ?? daysBefore(localTime(now, backfill.timeZone).day, 1);
    const daysLeft = Math.max(0, daysBetween(backfill.from, newest) - counts.days);
    return {
      ...counts,
      pacs: backfill.pacs,
      isPaused: this.store.isPaused,
      daysLeft,
      hoursLeft: this.hoursLeft(counts, daysLeft, now),
      failed: this.store.failed(SHOWN_FAILURES),
    };
  }

  /** Days that were not searched are taken to have as much to move as those that were. */
  private hoursLeft({ days, studies }: BackfillCounts, daysLeft: number, now: Date): number | null {
    const perHour = this.store.movedSince(now.getTime() - DAY_MS) / 24;
    const waiting = studies.waiting + studies.moving;
    const toCome = days === 0 ? 0 : ((this.store.movedSince(0) + waiting) / days) * daysLeft;
    return perHour === 0 ? null : Math.ceil((waiting + toCome) / perHour);
  }
}
