import type { Disposal } from './disposal.js';

export type PatientClass = 'outpatient' | 'inpatient' | 'unknown';

export interface RetentionRule {
  readonly patientClass: PatientClass;
  readonly years: number;
  readonly source: string;
}

/** On what it rests that a study need not be kept any more. */
export interface EndedRetention {
  readonly instances: number;
  readonly retainUntil: string;
  readonly lastVisit: string;
  readonly patientClass: PatientClass;
}

/** A study that is old enough, and kept by a hold alone. */
export interface HeldStudy extends EndedRetention {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  readonly isWithdrawn: boolean;
}

/** A study that nothing keeps any more. */
export interface Proposal extends HeldStudy {
  /** The one that is under way. */
  readonly disposal: Pick<Disposal, 'disposalId' | 'state'> | null;
}

export interface ProposalPage {
  readonly rules: readonly RetentionRule[];
  readonly proposals: readonly Proposal[];
  readonly heldStudies: readonly HeldStudy[];
  readonly next: { readonly studyDate: string; readonly studyInstanceUid: string } | null;
  readonly graceDays: number;
}

export const yearsOf = (rules: readonly RetentionRule[], patientClass: PatientClass): number | undefined =>
  rules.find((rule) => rule.patientClass === patientClass)?.years;
