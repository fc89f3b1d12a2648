import type { RetentionRule } from './retention-rule.js';

/**
 * The hospital's steward confirms that a study is to go, the commission's registers it; when its time of grace is over it is
 * destroyed. Until then anything that keeps it stops that.
 */
export const DISPOSAL_STATES = ['confirmed', 'registered', 'destroying', 'destroyed', 'stopped'] as const;
export type DisposalState = (typeof DISPOSAL_STATES)[number];

/** What keeps a study from being destroyed. */
export type DisposalObstacle = 'NOT_WITHDRAWN' | 'ON_HOLD' | 'RETAINED' | 'IN_QUARANTINE' | 'STUDY_GONE';

/** What is left of a study that is destroyed: nothing of its patient. */
export interface DestroyedStudy {
  readonly instances: number;
  readonly packs: readonly { readonly sha256: string; readonly sizeBytes: number }[];
  /** YYYY-MM-DD: until then it had to be kept. */
  readonly retainUntil: string;
  readonly rules: readonly RetentionRule[];
}

export interface Disposal {
  readonly disposalId: number;
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly state: DisposalState;
  readonly note: string;
  readonly confirmedBy: string;
  readonly confirmedByName: string;
  readonly confirmedAt: Date;
  readonly registeredBy: string | null;
  readonly registeredByName: string | null;
  readonly registeredAt: Date | null;
  readonly stoppedFor: DisposalObstacle | 'TAKEN_BACK' | null;
  readonly destroyed: DestroyedStudy | null;
  readonly endedAt: Date | null;
}

const DAY_MS = 24 * 3_600_000;

/** When the time of grace of a registered one is over, and it is destroyed; null of others. */
export const dueAt = ({ state, registeredAt }: Disposal, graceDays: number): Date | null =>
  state === 'registered' && registeredAt !== null ? new Date(registeredAt.getTime() + graceDays * DAY_MS) : null;

/** What is said for good of one that was destroyed. */
export function certificateOf(disposal: Disposal, destroyedAt: Date) {
  const { state: _, stoppedFor: __, endedAt: ___, note: ____, ...said } = disposal;
  return { version: 1, ...said, destroyedAt };
}

export interface StudyToDispose {
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  readonly isInQuarantine: boolean;
  readonly retention: { readonly retainUntil: string } | undefined;
}

/** @param today YYYY-MM-DD */
export function obstacleTo(study: StudyToDispose | undefined, today: string): DisposalObstacle | null {
  if (study === undefined) return 'STUDY_GONE';
  if (study.isHeld) return 'ON_HOLD';
  if (study.retention === undefined || study.retention.retainUntil >= today) return 'RETAINED';
  if (study.isInQuarantine) return 'IN_QUARANTINE';
  return study.isWithdrawn ? null : 'NOT_WITHDRAWN';
}
