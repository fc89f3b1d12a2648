import type { WithdrawalReason } from '@yinglian/contracts';

export type DecisionKind = 'withdraw' | 'restore' | 'hold' | 'release';

/** Most often first. */
export const REASONS: readonly WithdrawalReason[] = ['113038', '113037', '113001', '113039'];

/** A whole study where neither is named. */
export interface Target {
  readonly seriesInstanceUid: string | null;
  readonly sopInstanceUid: string | null;
}

export const WHOLE_STUDY: Target = { seriesInstanceUid: null, sopInstanceUid: null };

/** What a steward is about to decide. */
export interface Asked extends Target {
  readonly decision: DecisionKind;
  readonly reason: WithdrawalReason | null;
}

/** One that was made: never changed, never taken away. */
export interface StudyDecision extends Asked {
  readonly number: number;
  readonly note: string;
  readonly decidedByName: string;
  readonly decidedAt: string;
  /** Registered by then. */
  readonly instances: number;
}

export interface ListedDecision extends StudyDecision {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  /** No later one has undone it. */
  readonly stands: boolean;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly modalities: readonly string[];
  readonly registered: number;
}

const OPPOSITE = { withdraw: 'restore', restore: 'withdraw', hold: 'release', release: 'hold' } as const;

const isOfSame = (one: Target, other: Target) =>
  one.seriesInstanceUid === other.seriesInstanceUid && one.sopInstanceUid === other.sopInstanceUid;

/** Whether no later decision has undone it. */
export const stands = (made: StudyDecision, all: readonly StudyDecision[]): boolean =>
  !all.some(
    (later) => later.number > made.number && later.decision === OPPOSITE[made.decision] && isOfSame(later, made),
  );

/** What takes a decision back; what was restored is withdrawn for the reason that it was withdrawn for. */
export function undoing(made: Asked, all: readonly StudyDecision[]): Asked {
  const { seriesInstanceUid, sopInstanceUid } = made;
  const decision = OPPOSITE[made.decision];
  const before = all.findLast((each) => each.decision === 'withdraw' && isOfSame(each, made));
  const reason = decision === 'withdraw' ? (before?.reason ?? null) : null;
  return { decision, seriesInstanceUid, sopInstanceUid, reason };
}
