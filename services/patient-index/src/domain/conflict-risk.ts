import type { ConflictKind } from './link-decision.js';

/** What is known of both sides when a conflict is opened. */
export interface RiskFacts {
  readonly kind: ConflictKind;
  /** Images were made of the patient that is asked about. */
  readonly hasStudies: boolean;
  /** When the other person was last seen by any hospital; null when there is nobody. */
  readonly otherSeenAt: Date | null;
}

// Whoever uses another's card now will use it again; a changed number or a hospital's own merge waits for the next visit.
const HARM: Readonly<Record<ConflictKind, number>> = {
  SHARED_ID: 60,
  MANY_NAMES: 50,
  LATE_ID: 40,
  ID_CHANGED: 30,
  HOSPITAL_MERGE: 25,
  SEVERAL_IDS: 20,
  LIKELY_SAME: 10,
};
const STUDIES = 20;
const SEEN_THIS_MONTH = 20;
const SEEN_THIS_YEAR = 10;
const DAY_MS = 86_400_000;

/**
 * How soon harm may come of it, 0 to 100: by what is wrong, whether there are images that could be shown as somebody else's, and whether the
 * other person is a patient at the moment. Assumed, not measured; the order is what matters.
 */
export function riskOf({ kind, hasStudies, otherSeenAt }: RiskFacts, now: Date): number {
  const daysAgo = otherSeenAt === null ? Number.POSITIVE_INFINITY : (now.getTime() - otherSeenAt.getTime()) / DAY_MS;
  const seen = daysAgo <= 30 ? SEEN_THIS_MONTH : daysAgo <= 365 ? SEEN_THIS_YEAR : 0;
  return HARM[kind] + (hasStudies ? STUDIES : 0) + seen;
}
