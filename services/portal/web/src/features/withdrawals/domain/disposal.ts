export type PatientClass = 'outpatient' | 'inpatient' | 'unknown';

export interface RetentionRule {
  readonly patientClass: PatientClass;
  readonly years: number;
  readonly source: string;
}

/** A study that no rule keeps any more, with what that rests on. */
export interface Disposal {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  readonly isWithdrawn: boolean;
  readonly instances: number;
  readonly retainUntil: string;
  readonly lastVisit: string;
  readonly patientClass: PatientClass;
}

export interface DisposalPage {
  readonly rules: readonly RetentionRule[];
  readonly proposals: readonly Disposal[];
  readonly held: number;
  readonly next: { readonly studyDate: string; readonly studyInstanceUid: string } | null;
}

export const yearsOf = (rules: readonly RetentionRule[], patientClass: PatientClass): number | undefined =>
  rules.find((rule) => rule.patientClass === patientClass)?.years;
