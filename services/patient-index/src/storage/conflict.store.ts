import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import { riskOf } from '../domain/conflict-risk.js';
import type { Conflict, ConflictKind } from '../domain/link-decision.js';
import { keyColumns } from './patient.store.js';

export type StewardDecision = 'link' | 'keep-apart';

export interface DecisionMade {
  /** By which it can be taken back; null of what was decided before decisions had ids. */
  readonly decisionId: string | null;
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
  /** 0 to 100: how soon harm may come of it, as it was when the conflict was opened. */
  readonly risk: number;
  /** A hospital was asked and has not answered. */
  readonly waiting: boolean;
  readonly made: DecisionMade | null;
}

export interface ConflictRow {
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
  risk: number;
  waiting: boolean;
  decision_id: string | null;
  decision: StewardDecision | null;
  decided_person_id: string | null;
  decided_by: string;
  decided_by_name: string;
  decided_at: Date;
  note: string;
}

export const SELECT_CONFLICTS = `SELECT c.*, p.patient_no, p.home_id, h.survivor_id AS person_id, o.survivor_id AS other_survivor_id
  FROM conflicts c JOIN patients p USING (hospital, issuer, local_id) JOIN persons h ON h.person_id = p.home_id
  LEFT JOIN persons o ON o.person_id = c.other_person_id`;

/** Asks a steward, unless one was asked the same before. What describes the patients is kept already: the risk follows from it. */
export async function openConflicts(
  tx: Sql,
  conflicts: readonly (Conflict & { readonly patient: LocalPatientKey })[],
  at: Date,
): Promise<void> {
  if (conflicts.length === 0) return;
  await tx.query(
    `INSERT INTO conflicts (kind, hospital, issuer, local_id, number, other_person_id, risk, bits, opened_at)
     SELECT kind, hospital, issuer, local_id, number, other_person_id, risk, bits, $9
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::real[])
       AS opened (hospital, issuer, local_id, kind, number, other_person_id, risk, bits)
     ON CONFLICT (hospital, issuer, local_id, number, other_person_id) DO NOTHING`,
    [
      ...keyColumns(conflicts.map(({ patient }) => patient)),
      conflicts.map(({ kind }) => kind),
      conflicts.map(({ number }) => number),
      conflicts.map(({ otherPersonId }) => otherPersonId),
      await risksOf(tx, conflicts, at),
      conflicts.map(({ bits }) => bits ?? null),
      at,
    ],
    'open-conflicts',
  );
}

async function risksOf(
  tx: Sql,
  conflicts: readonly (Conflict & { readonly patient: LocalPatientKey })[],
  at: Date,
): Promise<number[]> {
  const rows = await tx.query<{ has_studies: boolean; other_seen_at: Date | null }>(
    `SELECT EXISTS (
              SELECT 1 FROM patients p JOIN observations o USING (patient_no)
              WHERE (p.hospital, p.issuer, p.local_id) = (opened.hospital, opened.issuer, opened.local_id) AND study_uid IS NOT NULL
            ) AS has_studies,
            (SELECT last_seen_at FROM persons WHERE person_id = other_person_id) AS other_seen_at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
       AS opened (hospital, issuer, local_id, other_person_id, place)
     ORDER BY place`,
    [...keyColumns(conflicts.map(({ patient }) => patient)), conflicts.map(({ otherPersonId }) => otherPersonId)],
    'risks-of-conflicts',
  );
  return conflicts.map(({ kind }, place) => {
    const row = rows[place];
    return riskOf({ kind, hasStudies: row?.has_studies ?? false, otherSeenAt: row?.other_seen_at ?? null }, at);
  });
}

export async function conflictById(sql: Sql, conflictId: string): Promise<StoredConflict | undefined> {
  const row = await first<ConflictRow>(sql, `${SELECT_CONFLICTS} WHERE c.conflict_id = $1`, [conflictId]);
  return row === undefined ? undefined : conflictOf(row);
}

/** The conflict, held until the transaction ends. */
export async function conflictToDecide(tx: Sql, conflictId: string): Promise<StoredConflict | undefined> {
  const row = await first<ConflictRow>(tx, `${SELECT_CONFLICTS} WHERE c.conflict_id = $1 FOR UPDATE OF c`, [
    conflictId,
  ]);
  return row === undefined ? undefined : conflictOf(row);
}

/** While its decision stands, the conflict is decided. */
export async function closeConflict(tx: Sql, conflictId: string, made: DecisionMade): Promise<void> {
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
      made.decisionId,
    ],
  );
}

export async function setWaiting(tx: Sql, conflictId: string, waiting: boolean): Promise<void> {
  await tx.query('UPDATE conflicts SET waiting = $2 WHERE conflict_id = $1', [conflictId, waiting]);
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

export const conflictOf = (row: ConflictRow): StoredConflict => ({
  conflictId: row.conflict_id,
  kind: row.kind,
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
  patientNo: row.patient_no,
  homeId: row.home_id,
  personId: row.person_id,
  number: row.number,
  otherPersonId: row.other_survivor_id,
  openedAt: row.opened_at,
  risk: row.risk,
  waiting: row.waiting,
  made:
    row.decision === null
      ? null
      : {
          decisionId: row.decision_id,
          decision: row.decision,
          personId: row.decided_person_id,
          decidedBy: row.decided_by,
          decidedByName: row.decided_by_name,
          decidedAt: row.decided_at,
          note: row.note,
        },
});
