/** What an auditor wrote to the patient, with what was found. */
export interface Answer {
  readonly text: string;
  readonly answeredAt: string;
  readonly verdict: 'unfounded' | 'improper' | 'unlawful';
}

/** What the reader said is wrong about looks, and what came of it. */
export interface Complaint {
  readonly caseId: string;
  readonly reason: string;
  readonly saidAt: string;
  readonly state: 'received' | 'examined' | 'answered';
  readonly accessIds: readonly string[];
  /** The newest first. */
  readonly answers: readonly Answer[];
}
