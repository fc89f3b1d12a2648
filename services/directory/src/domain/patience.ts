/** Wrong attempts that are remembered, and when the last one was. For an address the count leaks away with time. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Date;
}

export type Patience = { readonly kind: 'try' } | { readonly kind: 'wait' | 'locked'; readonly until: Date };

export const FREE_FAILURES = 3;
export const FAILURES_UNTIL_LOCK = 10;
const FIRST_WAIT_MS = 2_000;
export const LOCK_MS = 15 * 60_000;
/** An account that nobody tried for a day begins anew. */
export const FORGOTTEN_MS = 24 * 60 * 60_000;

/** A whole hospital may come from one address: it may fail so often, and one more each half a minute. */
export const FREE_FAILURES_OF_ADDRESS = 60;
const LEAK_MS = 30_000;

const TRY: Patience = { kind: 'try' };

/** After the third wrong attempt 2 s, then twice as long each time; from the tenth on each locks for 15 minutes. */
export function patienceWithAccount(failures: Failures | undefined, now: Date): Patience {
  const { count = 0, lastAt = now } = failures ?? {};
  if (count < FREE_FAILURES) return TRY;
  const isLocked = count >= FAILURES_UNTIL_LOCK;
  const until = new Date(lastAt.getTime() + (isLocked ? LOCK_MS : FIRST_WAIT_MS * 2 ** (count - FREE_FAILURES)));
  return until > now ? { kind: isLocked ? 'locked' : 'wait', until } : TRY;
}

/** Until its failures have leaked away to what is free. */
export function patienceWithAddress(failures: Failures | undefined, now: Date): Patience {
  const { count = 0, lastAt = now } = failures ?? {};
  const until = new Date(lastAt.getTime() + (count - FREE_FAILURES_OF_ADDRESS) * LEAK_MS);
  return until > now ? { kind: 'wait', until } : TRY;
}

/** One more failure of an account at this moment. */
export function failedAgain(before: Failures | undefined, now: Date): Failures {
  const isForgotten = before === undefined || now.getTime() - before.lastAt.getTime() > FORGOTTEN_MS;
  return { count: (isForgotten ? 0 : before.count) + 1, lastAt: now };
}

/** One more failure from an address; what has leaked away meanwhile is no longer counted. */
export function failedAgainFrom(before: Failures | undefined, now: Date): Failures {
  return { count: leaked(before, now) + 1, lastAt: now };
}

const leaked = (before: Failures | undefined, now: Date) =>
  before === undefined ? 0 : Math.max(0, before.count - (now.getTime() - before.lastAt.getTime()) / LEAK_MS);
