const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Failures in a row, and when the last one was, in ms since the epoch. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** How long after its last failure an account is to wait, in ms: nothing for five failures, then twice as long each time. */
export function waitAfter(count: number): number {
  if (count < FREE_FAILURES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (count - FREE_FAILURES), LONGEST_WAIT_MS);
}

/** What is left to wait, in ms. */
export const waitLeft = (failures: Failures | undefined, now: number) =>
  failures === undefined ? 0 : Math.max(0, failures.lastAt + waitAfter(failures.count) - now);
