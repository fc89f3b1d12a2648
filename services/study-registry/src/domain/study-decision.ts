import type { WithdrawalReason } from '@yinglian/contracts';

export type DecisionKind = 'withdraw' | 'restore' | 'hold' | 'release';

/** What a decision is about: a study, one of its series, or one of its instances. A hold is always on a study. */
export interface DecisionTarget {
  readonly seriesInstanceUid: string | null;
  readonly sopInstanceUid: string | null;
}

/** One decision about what is shown of a study, or that it may not be disposed of. It is never changed. */
export interface StudyDecision extends DecisionTarget {
  readonly decision: DecisionKind;
  /** Of a withdrawal only. */
  readonly reason: WithdrawalReason | null;
  readonly note: string;
  /** The steward's account, and their name at the time. */
  readonly decidedBy: string;
  readonly decidedByName: string;
  readonly decidedAt: Date;
  /** What was registered by then, and what the gateway had said it acknowledged. */
  readonly instances: number;
  readonly received: number | null;
}

/** Whether it is so already that a decision would make it so. */
export const isSoAlready = (
  decision: DecisionKind,
  { isWithdrawn, isHeld }: { readonly isWithdrawn: boolean; readonly isHeld: boolean },
): boolean => ({ withdraw: isWithdrawn, restore: !isWithdrawn, hold: isHeld, release: !isHeld })[decision];
