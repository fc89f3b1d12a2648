import { LRUCache } from 'lru-cache';

const FREE_FAILURES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const REMEMBERED = 50_000;
const REMEMBERED_MS = 60 * 60_000;

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

/**
 * Slows down who guesses passwords: failures of one account from one address wait longer and longer. At most 50,000 such
 * pairs are remembered, each for an hour.
 */
export class SignInPatience {
  private readonly failures = new LRUCache<string, Failures>({ max: REMEMBERED, ttl: REMEMBERED_MS });

  /**
   * Before a password is checked: how long it is to wait, in ms. When that is nothing the attempt counts as a failure until
   * `succeeded` is called, so that many at once are not one.
   */
  begin(account: string, address: string, now: number): number {
    const pair = pairOf(account, address);
    const before = this.failures.get(pair);
    const waitMs = waitLeft(before, now);
    if (waitMs === 0) this.failures.set(pair, { count: (before?.count ?? 0) + 1, lastAt: now });
    return waitMs;
  }

  succeeded(account: string, address: string): void {
    this.failures.delete(pairOf(account, address));
  }
}

const pairOf = (account: string, address: string) => `${account}\n${address}`;
