/** Parts that each end on their own; of 100 million packs 400,000 each. */
export const PARTS = 256;

/** The digests of a part: those that are greater than or equal to the first value, and less than the second. */
export function digestsOf(part: string): readonly [from: string, before: string] {
  const next = Number.parseInt(part, 16) + 1;
  // Behind all digits.
  return [part, next === PARTS ? 'g' : next.toString(16).padStart(2, '0')];
}

/** Of the period, by when a part is read again: what is left is for readings that take longer. */
const DUE_AFTER = 0.75;
const DAY_MS = 24 * 3_600_000;

export const dueBefore = (now: Date, periodDays: number): Date =>
  new Date(now.getTime() - periodDays * DAY_MS * DUE_AFTER);

/** When what was read by now is read again. */
export const dueAfter = (now: Date, periodDays: number): Date =>
  new Date(now.getTime() + periodDays * DAY_MS * DUE_AFTER);

export const periodBegan = (now: Date, periodDays: number): Date => new Date(now.getTime() - periodDays * DAY_MS);
