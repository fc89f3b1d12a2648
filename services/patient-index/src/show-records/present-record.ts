import type { LocalPatientKey } from '@yinglian/contracts';
import { type StatementView, viewStatement } from '../domain/record.js';
import type { StoredRecord } from '../storage/record.store.js';

/** One hospital's patient as a steward reads it. */
export interface RecordView {
  readonly patient: LocalPatientKey;
  /** Who stands for its person outside. */
  readonly personId: string;
  /** When it was first described, and when last in another way. */
  readonly firstSeenAt: string;
  readonly lastDescribedAt: string;
  /** Newest first. */
  readonly statements: readonly StatementView[];
  readonly statementsLeftOut: number;
}

const STATEMENTS_AT_MOST = 20;

export function presentRecord(record: StoredRecord, now: Date): RecordView {
  const { patient, personId, linkedAt, statements } = record;
  const today = now.toISOString().slice(0, 10).replaceAll('-', '');
  const shown = statements.slice(0, STATEMENTS_AT_MOST);
  return {
    patient,
    personId,
    firstSeenAt: (statements.at(-1)?.observedAt ?? linkedAt).toISOString(),
    lastDescribedAt: (statements[0]?.observedAt ?? linkedAt).toISOString(),
    statements: shown.map((statement) => viewStatement(statement, today)),
    statementsLeftOut: statements.length - shown.length,
  };
}
