/** Where objects are kept: the store that answers, and the copy of it. */
export const PLACES = ['primary', 'replica'] as const;
export type Place = (typeof PLACES)[number];

/** What cannot be made again from a pack: the pack, and its turn among all. */
export const OBJECTS = ['pack', 'commit'] as const;
export type KeptObject = (typeof OBJECTS)[number];

export type Damage = 'missing' | 'too-short' | 'digest-differs' | 'unreadable';

/** Who met it. */
export type Finder = 'scrubber' | 'retrieval' | 'operator' | 'copy';

export type NotHealed = 'NO_REPLICA' | 'OTHER_COPY_DAMAGED' | 'OTHER_STORE_AWAY' | 'STORE_FULL';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When to try again: after a minute, then twice as long each time, a day at most. */
export const nextTry = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(MINUTE_MS * 2 ** Math.min(attempts, 20), DAY_MS));
