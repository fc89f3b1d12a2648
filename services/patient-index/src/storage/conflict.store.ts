import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Conflict, ConflictKind } from '../domain/link-decision.js';

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
  person_id: string;
  resident_id: string;
  other_person_id: string | null;
  opened_at: Date;
  decision: StewardDecision | null;
  decided_person_id: string | null;
  decided_by: string;
  decided_by_name: string;
  decided_at: Date;
  note: string;
}

const SELECT = 'SELECT c.*, p.person_id FROM conflicts c JOIN patients p USING (hospital, issuer, local_id)';

/** Asks a steward, unless one was asked the same before. */
export async function openConflict(tx: Sql, patient: LocalPatientKey, conflict: Conflict, at: string): Promise<void> {
  await tx.query(
    `INSERT INTO conflicts (kind, hospital, issuer, local_id, resident_id, other_person_id, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hospital, issuer, local_id, resident_id) DO NOTHING`,
    [conflict.kind, patient.hospital, patient.issuer, patient.id, conflict.residentId, conflict.otherPersonId, at],
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

export async function closeConflict(tx: Sql, conflictId: string, made: DecisionMade): Promise<void> {
  await tx.query(
    `UPDATE conflicts SET decision = $2, decided_person_id = $3, decided_by = $4, decided_by_name = $5, decided_at = $6, note = $7
     WHERE conflict_id = $1`,
    [conflictId, made.decision, made.personId, made.decidedBy, made.decidedByName, made.decidedAt, made.note],
  );
}

const conflictOf = (row: Row): StoredConflict => ({
  conflictId: row.conflict_id,
  kind: row.kind,
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
  personId: row.person_id,
  residentId: row.resident_id,
  otherPersonId: row.other_person_id,
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
