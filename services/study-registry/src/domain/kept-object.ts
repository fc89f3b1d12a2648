/** Where objects are kept: the store that answers, and the copy of it. */
export const PLACES = ['primary', 'replica'] as const;
export type Place = (typeof PLACES)[number];

/** A pack, what describes one that is at its hospital (ADR 0038), or a document of a report. */
export type KeptKind = 'pack' | 'outline' | 'document';

/** A commit is a pack's turn among all. */
export type KeptObject = KeptKind | 'commit';

/** What cannot be made again of each kind. */
export const OBJECTS_OF: Readonly<Record<KeptKind, readonly KeptObject[]>> = {
  pack: ['pack', 'commit'],
  outline: ['outline', 'commit'],
  document: ['document'],
};

export type Damage = 'missing' | 'too-short' | 'digest-differs' | 'unreadable';

/** Who met it. */
export type Finder = 'scrubber' | 'retrieval' | 'operator' | 'copy';

export type NotHealed =
  | 'NO_REPLICA'
  | 'OTHER_COPY_DAMAGED'
  | 'OTHER_STORE_AWAY'
  | 'STORE_FULL'
  | 'STORE_REFUSES'
  | 'ASKED_HOSPITAL'
  | 'HOSPITAL_HAS_NONE';

/** No sound copy is known anywhere: trying again is for the case that somebody brings one. */
export const isUnhealable = (reason: NotHealed): boolean =>
  reason === 'NO_REPLICA' || reason === 'OTHER_COPY_DAMAGED' || reason === 'HOSPITAL_HAS_NONE';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When to try again: after a minute, then twice as long each time, a day at most; each minute while a hospital sends. */
export const nextTry = (now: Date, attempts: number, reason?: NotHealed): Date => {
  const factor = reason === 'ASKED_HOSPITAL' ? 1 : 2 ** Math.min(attempts, 20);
  return new Date(now.getTime() + Math.min(MINUTE_MS * factor, DAY_MS));
};
