import type { RetentionRule } from './retention-rule.js';

/**
 * The hospital's steward confirms that a study is to go, the commission's registers it; when its time of grace is over it is
 * destroyed. Until then anything that keeps it stops that.
 */
export type DisposalState = 'confirmed' | 'registered' | 'destroying' | 'destroyed' | 'stopped';

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
