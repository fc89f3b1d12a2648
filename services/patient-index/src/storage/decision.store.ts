import type { LinkReason, LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Merge } from '../domain/standing/survivors.js';

export type DecisionKind = 'merge' | 'move' | 'split' | 'keep-apart';

/** Who decides, and why: a steward, a hospital or a rule. */
export interface Maker {
  readonly reason: Exclude<LinkReason, 'NEW_PERSON'>;
  readonly by: string;
  readonly name: string;
  readonly note: string;
}

export interface Decision {
  readonly decisionId: string;
  readonly kind: DecisionKind;
  readonly reason: Maker['reason'];
  readonly madeBy: string;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly note: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnByName: string | null;
  readonly withdrawnNote: string | null;
}

const COLUMNS = `decision_id AS "decisionId", kind, reason, made_by AS "madeBy", made_by_name AS "madeByName",
  made_at AS "madeAt", note, withdrawn_at AS "withdrawnAt", withdrawn_by_name AS "withdrawnByName", withdrawn_note AS "withdrawnNote"`;

export async function addDecision(tx: Sql, kind: DecisionKind, maker: Maker, at: Date): Promise<string> {
  const row = await first<{ decision_id: string }>(
    tx,
    `INSERT INTO decisions (kind, reason, made_by, made_by_name, made_at, note) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING decision_id`,
    [kind, maker.reason, maker.by, maker.name, at, maker.note],
  );
  if (row === undefined) throw new Error('unreachable');
  return row.decision_id;
}

export async function addMerge(tx: Sql, decisionId: string, { fromId, intoId }: Merge): Promise<void> {
  await tx.query('INSERT INTO merges (decision_id, from_id, into_id) VALUES ($1, $2, $3)', [
    decisionId,
    fromId,
    intoId,
  ]);
}

export async function addMoves(
  tx: Sql,
  decisionId: string,
  patientNos: readonly string[],
  toId: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO moves (decision_id, patient_no, from_id, to_id)
     SELECT $1, patient_no, home_id, $3 FROM patients WHERE patient_no = ANY ($2::bigint[])`,
    [decisionId, patientNos, toId],
  );
}

export async function addSeparation(tx: Sql, decisionId: string, oneId: string, otherId: string): Promise<void> {
  const [lower, higher] = [oneId, otherId].sort();
  await tx.query('INSERT INTO separations (decision_id, one_id, other_id) VALUES ($1, $2, $3)', [
    decisionId,
    lower,
    higher,
  ]);
}

/** The decision, held until the transaction ends. */
export const decisionToWithdraw = (tx: Sql, decisionId: string): Promise<Decision | undefined> =>
  first(tx, `SELECT ${COLUMNS} FROM decisions WHERE decision_id = $1 FOR UPDATE`, [decisionId]);

export async function markWithdrawn(
  tx: Sql,
  decisionId: string,
  maker: Omit<Maker, 'reason'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE decisions SET withdrawn_by = $2, withdrawn_by_name = $3, withdrawn_at = $4, withdrawn_note = $5
     WHERE decision_id = $1`,
    [decisionId, maker.by, maker.name, at, maker.note],
  );
}

/**
 * Withdraws what a rule joined by numbers with any of these persons who has no patient any more: no number leads to nobody. Resolves with
 * the persons that were joined so.
 */
export async function withdrawRulesAboutNobody(tx: Sql, personIds: readonly string[], at: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `WITH nobody AS (SELECT id FROM unnest($1::text[]) AS id WHERE NOT EXISTS (SELECT FROM patients WHERE home_id = id)),
     joined AS (
       SELECT decision_id, from_id, into_id FROM nobody JOIN merges ON from_id = id
       UNION SELECT decision_id, from_id, into_id FROM nobody JOIN merges ON into_id = id
     ),
     withdrawn AS (
       UPDATE decisions SET withdrawn_by = 'rule', withdrawn_by_name = '', withdrawn_at = $2, withdrawn_note = ''
       FROM joined WHERE decisions.decision_id = joined.decision_id AND reason = 'STRONG_ID' AND withdrawn_at IS NULL
       RETURNING from_id, into_id
     )
     SELECT unnest(ARRAY[from_id, into_id]) AS id FROM withdrawn`,
    [personIds, at],
  );
  return rows.map(({ id }) => id);
}

/** Persons whom a decision concerns, as it was made; of moves, those from which and to which patients went. */
export async function personsOf(sql: Sql, decisionId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT unnest(ARRAY[from_id, into_id]) AS id FROM merges WHERE decision_id = $1
     UNION SELECT unnest(ARRAY[one_id, other_id]) FROM separations WHERE decision_id = $1
     UNION SELECT unnest(ARRAY[m.from_id, m.to_id, p.home_id, p.first_home_id]) FROM moves m JOIN patients p USING (patient_no) WHERE decision_id = $1
     UNION SELECT o.to_id FROM moves m JOIN moves o USING (patient_no) WHERE m.decision_id = $1`,
    [decisionId],
  );
  return rows.flatMap(({ id }) => id ?? []);
}

/** Merges that stand of any of these persons, in the order they were made. */
export const standingMerges = (sql: Sql, personIds: readonly string[]): Promise<Merge[]> =>
  sql.query(
    `SELECT from_id AS "fromId", into_id AS "intoId" FROM merges JOIN decisions USING (decision_id)
     WHERE (from_id = ANY ($1) OR into_id = ANY ($1)) AND withdrawn_at IS NULL ORDER BY decision_id, from_id`,
    [personIds],
  );

/** Whether a separation that stands has one of each side. */
export async function areSeparated(sql: Sql, ones: readonly string[], others: readonly string[]): Promise<boolean> {
  const found = await sql.query(
    `SELECT 1 FROM separations JOIN decisions USING (decision_id)
     WHERE (one_id = ANY ($1) AND other_id = ANY ($2) OR one_id = ANY ($2) AND other_id = ANY ($1)) AND withdrawn_at IS NULL LIMIT 1`,
    [ones, others],
  );
  return found.length > 0;
}

/** Pairs of these persons whom a steward keeps apart. */
export async function separationsAmong(sql: Sql, personIds: readonly string[]): Promise<[string, string][]> {
  if (personIds.length < 2) return [];
  const rows = await sql.query<{ one_id: string; other_id: string }>(
    `SELECT one_id, other_id FROM separations JOIN decisions USING (decision_id)
     WHERE one_id = ANY ($1) AND other_id = ANY ($1) AND withdrawn_at IS NULL`,
    [personIds],
    'separations-among',
  );
  return rows.map((row) => [row.one_id, row.other_id]);
}

/** Puts each of the patients where the last move that stands took it, or else where its first link did. */
export async function settleHomes(tx: Sql, patientNos: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE patients p SET
       first_home_id = coalesce(first_home_id, home_id),
       home_id = coalesce(moved.to_id, first_home_id, home_id),
       confirmed = moved.to_id IS NOT NULL
     FROM unnest($1::bigint[]) AS asked (no) LEFT JOIN LATERAL (
       SELECT to_id FROM moves m JOIN decisions d USING (decision_id)
       WHERE m.patient_no = asked.no AND d.withdrawn_at IS NULL ORDER BY decision_id DESC LIMIT 1
     ) moved ON true
     WHERE p.patient_no = asked.no`,
    [patientNos],
  );
}

export const patientsMoved = async (sql: Sql, decisionId: string): Promise<string[]> =>
  (await sql.query<{ no: string }>('SELECT patient_no AS no FROM moves WHERE decision_id = $1', [decisionId])).map(
    ({ no }) => no,
  );

/** Everything that was decided about these persons, the newest first. */
export const decisionsAbout = (sql: Sql, personIds: readonly string[]): Promise<Decision[]> =>
  sql.query(
    `SELECT ${COLUMNS} FROM decisions WHERE decision_id IN (
       SELECT decision_id FROM merges WHERE from_id = ANY ($1) OR into_id = ANY ($1)
       UNION SELECT decision_id FROM separations WHERE one_id = ANY ($1) OR other_id = ANY ($1)
       UNION SELECT decision_id FROM moves WHERE from_id = ANY ($1) OR to_id = ANY ($1)
     ) ORDER BY decision_id DESC`,
    [personIds],
  );

/** Persons and patients that each decision was about, persons in the order of from and into. */
export async function detailsOf(
  sql: Sql,
  decisionIds: readonly string[],
): Promise<ReadonlyMap<string, { personIds: string[]; patients: LocalPatientKey[] }>> {
  const rows = await sql.query<{ decision_id: string; person_ids: string[]; patient: LocalPatientKey | null }>(
    `SELECT decision_id, ARRAY[from_id, into_id] AS person_ids, NULL::jsonb AS patient FROM merges WHERE decision_id = ANY ($1::bigint[])
     UNION ALL SELECT decision_id, ARRAY[one_id, other_id], NULL FROM separations WHERE decision_id = ANY ($1::bigint[])
     UNION ALL SELECT decision_id, ARRAY[from_id, to_id], jsonb_build_object('hospital', hospital, 'issuer', issuer, 'id', local_id)
     FROM moves JOIN patients USING (patient_no) WHERE decision_id = ANY ($1::bigint[])`,
    [decisionIds],
  );
  const byDecision = Map.groupBy(rows, (row) => row.decision_id);
  return new Map(
    [...byDecision].map(([decisionId, found]) => [
      decisionId,
      {
        personIds: [...new Set(found.flatMap((row) => row.person_ids))],
        patients: found.flatMap(({ patient }) => patient ?? []),
      },
    ]),
  );
}
