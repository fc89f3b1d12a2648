/** Between two minutes of the day; over midnight when the second is the earlier one. */
export interface DayWindow {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 24 * 3_600_000;

const dayOf = (time: Date) => time.toISOString().slice(0, 10).replaceAll('-', '');
const timeOf = (day: string) => Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);

/** A calendar day, YYYYMMDD, so many days before another. */
export const daysBefore = (day: string, days: number) => dayOf(new Date(timeOf(day) - days * DAY_MS));

export const daysBetween = (from: string, to: string) => Math.max(0, (timeOf(to) - timeOf(from)) / DAY_MS + 1);

/** Which day and minute of the day it is in a time zone. */
export function localTime(now: Date, timeZone: string): { readonly day: string; readonly minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: `${part('year')}${part('month')}${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

export const isWithin = (minute: number, windows: readonly DayWindow[]) =>
  windows.some(({ from, to }) => (from <= to ? from <= minute && minute < to : from <= minute || minute < to));

/** How long a study rests that failed so many times: twice as long each time, at most six hours. */
export const restAfter = (attempts: number, firstMs: number) => Math.min(firstMs * 2 ** (attempts - 1), 6 * 3_600_000);

/** The halves of a range of study times, HHMMSS-HHMMSS; undefined when it is too short to be split. */
export function halves(studyTime: string): readonly [string, string] | undefined {
  const [from = 0, to = 0] = studyTime.split('-').map(minuteOf);
  if (to - from < 1) return undefined;
  const middle = Math.floor((from + to) / 2);
  return [`${clock(from)}00-${clock(middle)}59`, `${clock(middle + 1)}00-${clock(to)}59`];
}

export const WHOLE_DAY = '000000-235959';

const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(2, 4));
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}`;
