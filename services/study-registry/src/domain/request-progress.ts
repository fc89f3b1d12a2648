/** What the gateway said of a request for a study. Times are UTC instants. */
export interface AnsweredRequest {
  readonly state: 'open' | 'expired' | 'fetched' | 'not-found' | 'pacs-away' | 'failed';
  readonly requestedAt: Date;
  readonly answeredAt: Date | null;
}

/** What the registry has of all studies that were asked for. */
export interface RequestedArrival {
  /** Registered of them. */
  readonly instances: number;
  /** There is one at least, and each is complete. */
  readonly isComplete: boolean;
  /** When something was registered of them last. */
  readonly changedAt: Date | null;
}

export const PROGRESS = ['asked', 'coming', 'arrived', 'not-found', 'pacs-away', 'failed', 'expired'] as const;
export type RequestProgress = (typeof PROGRESS)[number];

/** By then the gateway has said how much it fetched: a study that was complete before is not yet what was asked for. */
const ACCOUNTED_MS = 10_000;

/** How far a study has come that was asked for: fetched is not here, and what was here before did not come. */
export function requestProgress(
  { state, requestedAt, answeredAt }: AnsweredRequest,
  { instances, isComplete, changedAt }: RequestedArrival,
  now: Date,
): RequestProgress {
  if (state === 'open') return changedAt !== null && changedAt > requestedAt ? 'coming' : 'asked';
  if (state !== 'fetched') return state;
  const isAccounted = answeredAt !== null && now.getTime() - answeredAt.getTime() >= ACCOUNTED_MS;
  return isComplete && instances > 0 && isAccounted ? 'arrived' : 'coming';
}
