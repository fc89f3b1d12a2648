/** Which days are worked on: what is said of a day, else of its day of the week. */
export interface WorkCalendar {
  /** ISO days of the week, 1 is Monday. */
  readonly weekdays: ReadonlySet<number>;
  /** Holidays and made-up days by local day, YYYY-MM-DD. */
  readonly days: ReadonlyMap<string, boolean>;
}

const DAY_MS = 24 * 3_600_000;
/** All of China keeps one time, without summer time. */
const CHINA_MS = 8 * 3_600_000;

/** The local day in China, YYYY-MM-DD. */
export const localDayOf = (at: Date): string => new Date(at.getTime() + CHINA_MS).toISOString().slice(0, 10);

/** The end of the nth working day after the day of `from`. Throws when no day of the calendar is worked on. */
export function endOfWorkingDay(from: Date, n: number, { weekdays, days }: WorkCalendar): Date {
  if (weekdays.size === 0) throw new Error('The calendar has no working days');
  const midnight = Date.parse(`${localDayOf(from)}T00:00:00+08:00`);
  let worked = 0;
  for (let day = 1; ; day += 1) {
    const begins = new Date(midnight + day * DAY_MS);
    if (days.get(localDayOf(begins)) ?? weekdays.has(weekdayOf(begins))) worked += 1;
    if (worked === n) return new Date(begins.getTime() + DAY_MS);
  }
}

const weekdayOf = (at: Date): number => new Date(at.getTime() + CHINA_MS).getUTCDay() || 7;
