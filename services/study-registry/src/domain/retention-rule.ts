export type PatientClass = 'outpatient' | 'inpatient' | 'unknown';

export interface RetentionRule {
  /** `CN` for those of the whole country. */
  readonly province: string;
  readonly patientClass: PatientClass;
  readonly years: number;
  readonly source: string;
}

/** By which a rule is valid: YYYY-MM-DD, of UTC. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
