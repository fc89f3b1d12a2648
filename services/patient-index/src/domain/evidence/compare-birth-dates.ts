import type { Comparison, Level } from './comparison.js';
import { charactersOf, isOneSlip } from './text-distance.js';

const LEVELS = ['same', 'slip', 'twoParts', 'year', 'unlike'];

/** `slip`: day and month swapped, one digit wrong or two neighbours swapped; `twoParts`: two of year, month and day are equal. */
export const birthDate: Comparison = {
  field: 'birthDate',
  levels: LEVELS,
  compare: (a, b) => (a.birthDate === null || b.birthDate === null ? null : compareDates(a.birthDate, b.birthDate)),
};

/** Whether one may have been written for the other: equal, a slip, or two of year, month and day. Both YYYYMMDD. */
export const datesAreNear = (a: string, b: string): boolean =>
  ['same', 'slip', 'twoParts'].includes(compareDates(a, b).level);

function compareDates(a: string, b: string): Level {
  if (a === b) return { level: 'same', terms: [a] };
  const [one, other] = [partsOf(a), partsOf(b)];
  const swapped = one.year === other.year && one.month === other.day && one.day === other.month;
  if (swapped || isOneSlip(charactersOf(a), charactersOf(b))) return { level: 'slip' };
  const equal = [one.year === other.year, one.month === other.month, one.day === other.day].filter(Boolean).length;
  if (equal === 2) return { level: 'twoParts' };
  return { level: one.year === other.year ? 'year' : 'unlike' };
}

const partsOf = (date: string) => ({ year: date.slice(0, 4), month: date.slice(4, 6), day: date.slice(6, 8) });
