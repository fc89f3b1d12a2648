export type PatientClass = 'outpatient' | 'inpatient' | 'unknown';

export interface RetentionRule {
  /** `CN` for those of the whole country. */
  readonly province: string;
  readonly patientClass: PatientClass;
  readonly years: number;
  readonly source: string;
}
