export type CaseState = 'open' | 'decided' | 'answered';
export type CaseVerdict = 'unfounded' | 'improper' | 'unlawful';

export const VERDICTS: readonly CaseVerdict[] = ['unfounded', 'improper', 'unlawful'];

export interface AuditCase {
  readonly caseId: string;
  readonly origin: 'auditor' | 'patient' | 'finding';
  readonly title: string;
  readonly displayName: string;
  readonly openedAt: string;
  readonly state: CaseState;
  readonly verdict: CaseVerdict | null;
}

export interface CaseEntry {
  readonly entryId: string;
  readonly kind: 'note' | 'verdict' | 'answer';
  readonly verdict: CaseVerdict | null;
  readonly body: string;
  readonly displayName: string;
  readonly writtenAt: string;
}

/** `Access` is a record of the log. */
export interface WholeCase<Access> extends AuditCase {
  readonly records: readonly Access[];
  readonly entries: readonly CaseEntry[];
  /** What the newest verdict says to the patient; null while there is none. */
  readonly letter: { readonly zh: string; readonly en: string } | null;
}

export interface Finding {
  readonly findingId: string;
  readonly rule: string;
  readonly actor: { readonly subject: string; readonly displayName: string; readonly hospital: string | null };
  readonly day: string;
  readonly count: number;
  readonly threshold: number;
}
