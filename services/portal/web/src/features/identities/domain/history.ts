import type { PatientKey } from './conflict.js';

/** A decision about persons as patient-index keeps it; it is taken back, never changed. */
export interface PastDecision {
  readonly decisionId: string;
  readonly kind: 'merge' | 'move' | 'split' | 'keep-apart';
  readonly reason: 'STRONG_ID' | 'HOSPITAL' | 'STEWARD';
  readonly madeBy: string;
  readonly madeByName: string;
  readonly madeAt: string;
  readonly note: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnByName: string | null;
  readonly withdrawnNote: string | null;
  /** Of merges and moves: from whom, and to whom. */
  readonly personIds: readonly string[];
  readonly patients: readonly PatientKey[];
}

/** What is left of an id when there is no room: enough to tell a handful apart. */
export const shortId = (personId: string): string => `…${personId.slice(-6)}`;
