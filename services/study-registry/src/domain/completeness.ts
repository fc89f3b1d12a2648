/** How far a study has come. */
export interface Arrival {
  /** Distinct instances registered of it. */
  readonly registered: number;
  /** Distinct instances that its hospital's gateway has acknowledged, or null while it has not said so. */
  readonly received: number | null;
}

export type StudyState = 'arriving' | 'complete';

/** A study is complete when everything that its gateway acknowledged is registered; more may make it arriving again. */
export const stateOf = ({ registered, received }: Arrival): StudyState =>
  received !== null && registered > 0 && registered >= received ? 'complete' : 'arriving';

/**
 * Whether the completion is told of: when the study becomes complete, and when one that is complete has more instances and
 * the gateway has accounted for them.
 */
export function completes(before: Arrival, after: Arrival): boolean {
  if (stateOf(after) !== 'complete') return false;
  return stateOf(before) !== 'complete' || (before.received ?? 0) < (after.received ?? 0);
}
