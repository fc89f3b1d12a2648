import { type DayWindow, isWithin } from './backfill-plan.js';

/** How many studies an hour may move, by the time of day. */
export interface BackfillHours {
  readonly windows: readonly DayWindow[];
  readonly studiesPerHour: number;
  readonly studiesPerHourOutside: number;
}

/** What is known of a backfill when its end is reckoned. */
export interface BackfillExtent {
  /** Searched, and to be searched. */
  readonly days: number;
  readonly daysLeft: number;
  /** Of the days that were searched: all, and those that are there or were given up. */
  readonly studies: number;
  readonly settled: number;
}

const DAY_MINUTES = 24 * 60;
const NOTHING = 1e-6;

/** At a minute of the day. */
export const limitAt = (minute: number, { windows, studiesPerHour, studiesPerHourOutside }: BackfillHours): number =>
  isWithin(minute, windows) ? studiesPerHour : studiesPerHourOutside;

/**
 * Minutes from a minute of the day until so many studies have moved at a pace of so many an hour, with the hours in which none
 * or fewer may move. Days have 24 hours. Null when the pace and the hours never let them all through.
 */
export function minutesLeft(studies: number, minute: number, hours: BackfillHours, pacePerHour: number): number | null {
  const perMinute = Array.from({ length: DAY_MINUTES }, (_, at) => Math.min(pacePerHour, limitAt(at, hours)) / 60);
  const perDay = perMinute.reduce((sum, each) => sum + each, 0);
  if (studies <= 0) return 0;
  if (perDay <= 0) return null;
  const wholeDays = Math.ceil(studies / perDay) - 1;
  let left = studies - wholeDays * perDay;
  let minutes = 0;
  while (left > NOTHING) {
    left -= perMinute[(minute + minutes) % DAY_MINUTES] ?? 0;
    minutes += 1;
  }
  return wholeDays * DAY_MINUTES + minutes;
}

/** How much of it is done, in whole percent; days that were not searched are taken to have as many studies as those that were. */
export function percentDone({ days, daysLeft, studies, settled }: BackfillExtent): number {
  if (days === 0) return daysLeft === 0 ? 100 : 0;
  const part = studies === 0 ? 1 : settled / studies;
  return Math.floor(part * (days / (days + daysLeft)) * 100);
}
