export type Agreement = 'agree' | 'differ' | 'unknown';
export type Field = 'name' | 'birthDate' | 'sex' | 'number' | 'phone' | 'address';
export type QueueState = 'open' | 'waiting' | 'decided';

export const KINDS = [
  'SHARED_ID',
  'MANY_NAMES',
  'LATE_ID',
  'ID_CHANGED',
  'SEVERAL_IDS',
  'HOSPITAL_MERGE',
  'LIKELY_SAME',
] as const;
export type ConflictKind = (typeof KINDS)[number];

/** A hospital's own number of a patient. */
export interface PatientKey {
  readonly hospital: string;
  readonly issuer: string;
  readonly id: string;
}

export interface DecisionMade {
  /** By which it can be taken back. */
  readonly decisionId: string | null;
  readonly decision: 'link' | 'keep-apart';
  readonly decidedByName: string;
  readonly decidedAt: string;
  readonly note: string;
}

interface Head {
  readonly conflictId: string;
  readonly kind: ConflictKind;
  /** 0 to 100 */
  readonly risk: number;
  readonly patient: PatientKey;
  readonly idNumberMasked: string | null;
  readonly openedAt: string;
  readonly waiting: boolean;
  readonly decision: DecisionMade | null;
}

/** A conflict as the queue lists it. */
export interface ListedConflict extends Head {
  readonly record: { readonly name: string };
  readonly otherPerson: { readonly name: string } | null;
  readonly lastQuestion: {
    readonly hospital: string;
    readonly askedAt: string;
    readonly answeredAt: string | null;
  } | null;
}

/** One version of what a hospital said; numbers and telephones are masked. */
export interface Statement {
  readonly version: number;
  readonly names: readonly { readonly written: string; readonly readings: string | null }[];
  readonly birthDate: string | null;
  readonly sex: string;
  readonly numbers: readonly { readonly type: string; readonly masked: string }[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly motherName: string | null;
  readonly flags: readonly string[];
  readonly byStudy: boolean;
  readonly observedAt: string;
}

/** One hospital's patient with all that was said of it, the newest first. */
export interface PatientRecord {
  readonly patient: PatientKey;
  readonly personId: string;
  readonly firstSeenAt: string;
  readonly lastDescribedAt: string;
  readonly statements: readonly Statement[];
}

export interface Evidence {
  readonly bits: number;
  readonly probability: number;
  readonly priorBits: number;
  readonly fields: readonly { readonly field: string; readonly level: string; readonly bits: number }[];
}

export interface ComparedRecord extends PatientRecord {
  readonly side: 'asked' | 'own' | 'other';
  readonly agreements: readonly { readonly field: Field; readonly agreement: Agreement }[];
  readonly evidence: Evidence | null;
}

export interface Question {
  readonly questionId: string;
  readonly hospital: string;
  readonly question: string;
  readonly askedByName: string;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: string | null;
}

/** A conflict with both sides in full. */
export interface Conflict extends Head {
  readonly personId: string;
  readonly otherPersonId: string | null;
  readonly records: readonly ComparedRecord[];
  readonly recordsLeftOut: number;
  readonly questions: readonly Question[];
}

export const keyOf = ({ hospital, issuer, id }: PatientKey): string => [hospital, issuer, id].join('/');
