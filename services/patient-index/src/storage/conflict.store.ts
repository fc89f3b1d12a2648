import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Conflict, ConflictKind } from '../domain/link-decision.js';
import { keyColumns } from './patient.store.js';

export type StewardDecision = 'link' | 'keep-apart';

export interface DecisionMade {
  readonly decision: StewardDecision;
  readonly personId: string | null;
  /** The steward's account, and their name at the time. */
  readonly decidedBy: string;
  readonly decidedByName: string;
  readonly decidedAt: Date;
  readonly note: string;
}

export interface StoredConflict extends Conflict {
  readonly conflictId: string;
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  /** The person that the patient is filed under, and who stands for it. */
  readonly homeId: string;
  readonly personId: string;
  readonly openedAt: Date;
  readonly made: DecisionMade | null;
}

interface Row {
  conflict_id: string;
  kind: ConflictKind;
  hospital: string;
  issuer: string;
  local_id: string;
  patient_no: string;
  home_id: string;
  person_id: string;
  number: string;
  other_survivor_id: string | null;
  opened_at: Date;
  decision: StewardDecision | null;
  decided_person_id: string | null;
  decided_by: string;
  decided_by_name: string;
  decided_at: Date;
  note: string;
}

const SELECT = `SELECT c.*, p.patient_no, p.home_id, h.survivor_id AS person_id, o.survivor_id AS other_survivor_id
  FROM conflicts c JOIN patients p USING (hospital, issuer, local_id) JOIN persons h ON h.person_id = p.home_id
  LEFT JOIN persons o ON o.person_id = c.other_person_id`;

/** Asks a steward, unless one was asked the same before. */
export async function openConflicts(
  tx: Sql,
  conflicts: readonly (Conflict & { readonly patient: LocalPatientKey })[],
  at: Date,
): Promise<void> {
  if (conflicts.length === 0) return;
  await tx.query(
    `INSERT INTO conflicts (kind, hospital, issuer, local_id, number, other_person_id, opened_at)
     SELECT kind, hospital, issuer, local_id, number, other_person_id, $7
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS opened (hospital, issuer, local_id, kind, number, other_person_id)
     ON CONFLICT (hospital, issuer, local_id, number, other_person_id) DO NOTHING`,
    [
      ...keyColumns(conflicts.map(({ patient }) => patient)),
      conflicts.map(({ kind }) => kind),
      conflicts.map(({ number }) => number),
      conflicts.map(({ otherPersonId }) => otherPersonId),
      at,
    ],
    'open-conflicts',
  );
}

/** One page, oldest first, after the conflict `after`. */
export async function listConflicts(
  sql: Sql,
  { state, after, limit }: { state: 'open' | 'decided'; after: string; limit: number },
): Promise<StoredConflict[]> {
  const rows = await sql.query<Row>(
    `${SELECT} WHERE c.decision IS ${state === 'open' ? 'NULL' : 'NOT NULL'} AND c.conflict_id > $1
     ORDER BY c.conflict_id LIMIT $2`,
    [after, limit],
  );
  return rows.map(conflictOf);
}

/** The conflict, held until the transaction ends. */
export async function conflictToDecide(tx: Sql, conflictId: string): Promise<StoredConflict | undefined> {
  const row = await first<Row>(tx, `${SELECT} WHERE c.conflict_id = $1 FOR UPDATE OF c`, [conflictId]);
  return row === undefined ? undefined : conflictOf(row);
}

/** @param decisionId while it stands, the conflict is decided */
export async function closeConflict(
  tx: Sql,
  conflictId: string,
  made: DecisionMade,
  decisionId: string,
): Promise<void> {
  await tx.query(
    `UPDATE conflicts SET decision = $2, decided_person_id = $3, decided_by = $4, decided_by_name = $5, decided_at = $6, note = $7,
       decision_id = $8
     WHERE conflict_id = $1`,
    [
      conflictId,
      made.decision,
      made.personId,
      made.decidedBy,
      made.decidedByName,
      made.decidedAt,
      made.note,
      decisionId,
    ],
  );
}

/** A decision no longer stands: what it had settled is asked again. */
export async function reopenConflicts(tx: Sql, decisionId: string): Promise<void> {
  await tx.query(
    `UPDATE conflicts SET decision = NULL, decided_person_id = NULL, decided_by = NULL, decided_by_name = NULL, decided_at = NULL,
       note = NULL, decision_id = NULL
     WHERE decision_id = $1`,
    [decisionId],
  );
}

const conflictOf = (row: Row): StoredConflict => ({
  conflictId: row.conflict_id,
  kind: row.kind,
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
  patientNo: row.patient_no,
  homeId: row.home_id,
  personId: row.person_id,
  number: row.number,
  otherPersonId: row.other_survivor_id,
  openedAt: row.opened_at,
  made:
    row.decision === null
      ? null
      : {
          decision: row.decision,
          personId: row.decided_person_id,
          decidedBy: row.decided_by,
          decidedByName: row.decided_by_name,
          decidedAt: row.decided_at,
          note: row.note,
        },
});
