import { first, type Sql } from '@yinglian/persistence';
import type { CaseOrigin, CaseState, CaseVerdict } from '../domain/case.js';
import type { PageCursor } from '../domain/page-cursor.js';

export interface AuditCase {
  readonly caseId: string;
  readonly origin: CaseOrigin;
  readonly title: string;
  readonly personId: string | null;
  readonly openedBy: string;
  readonly displayName: string;
  readonly openedAt: Date;
  readonly state: CaseState;
  readonly verdict: CaseVerdict | null;
  readonly decidedAt: Date | null;
}

export interface CaseEntry {
  readonly entryId: string;
  readonly kind: 'note' | 'verdict' | 'answer';
  readonly verdict: CaseVerdict | null;
  readonly body: string;
  readonly writtenBy: string;
  readonly displayName: string;
  readonly writtenAt: Date;
}

const CASE = `case_id AS "caseId", origin, title, person_id AS "personId", opened_by AS "openedBy", display_name AS "displayName",
  opened_at AS "openedAt", state, verdict, decided_at AS "decidedAt"`;

export type NewCase = Omit<AuditCase, 'state' | 'verdict' | 'decidedAt'>;

export async function insertCase(tx: Sql, { caseId, origin, title, personId, ...opened }: NewCase): Promise<void> {
  await tx.query(
    `INSERT INTO cases (case_id, origin, title, person_id, opened_by, display_name, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [caseId, origin, title, personId, opened.openedBy, opened.displayName, opened.openedAt],
  );
}

export const findCase = (sql: Sql, caseId: string): Promise<AuditCase | undefined> =>
  first(sql, `SELECT ${CASE} FROM cases WHERE case_id = $1`, [caseId]);

/** The same, held until the transaction ends. */
export const caseToChange = (tx: Sql, caseId: string): Promise<AuditCase | undefined> =>
  first(tx, `SELECT ${CASE} FROM cases WHERE case_id = $1 FOR UPDATE`, [caseId]);

/** What a patient said of a record already. */
export const complaintAbout = (sql: Sql, accessId: string, openedBy: string): Promise<AuditCase | undefined> =>
  first(
    sql,
    `SELECT ${CASE} FROM cases WHERE origin = 'patient' AND opened_by = $2
       AND case_id IN (SELECT case_id FROM case_records WHERE access_id = $1)`,
    [accessId, openedBy],
  );

export interface CaseFilter {
  readonly state: CaseState;
  readonly after?: PageCursor | undefined;
  readonly limit: number;
}

/** A page of those in a state, the newest first. */
export const casePage = (sql: Sql, { state, after, limit }: CaseFilter): Promise<AuditCase[]> =>
  sql.query(
    `SELECT ${CASE} FROM cases WHERE state = $1 ${after === undefined ? '' : 'AND (opened_at, case_id) < ($3::timestamptz, $4::uuid)'}
     ORDER BY opened_at DESC, case_id DESC LIMIT $2`,
    [state, limit, ...(after === undefined ? [] : [after.at, after.id])],
  );

/** Adds an entry, and makes the case what it is by it. */
export async function addEntry(tx: Sql, caseId: string, entry: CaseEntry, state: CaseState): Promise<void> {
  const { entryId, kind, verdict, body, writtenBy, displayName, writtenAt } = entry;
  await tx.query(
    `INSERT INTO case_entries (entry_id, case_id, kind, verdict, body, written_by, display_name, written_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [entryId, caseId, kind, verdict, body, writtenBy, displayName, writtenAt],
  );
  await tx.query(
    `UPDATE cases SET state = $2, verdict = coalesce($3, verdict),
       decided_at = CASE WHEN $3::text IS NULL THEN decided_at ELSE $4 END WHERE case_id = $1`,
    [caseId, state, verdict, writtenAt],
  );
}

export const entriesOf = (sql: Sql, caseId: string): Promise<CaseEntry[]> =>
  sql.query(
    `SELECT entry_id AS "entryId", kind, verdict, body, written_by AS "writtenBy", display_name AS "displayName",
       written_at AS "writtenAt" FROM case_entries WHERE case_id = $1 ORDER BY written_at, entry_id`,
    [caseId],
  );

export async function addCaseRecords(
  tx: Sql,
  caseId: string,
  accessIds: readonly string[],
  by: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO case_records (case_id, access_id, added_by, added_at)
     SELECT $1, added, $3, $4 FROM unnest($2::uuid[]) AS added ON CONFLICT DO NOTHING`,
    [caseId, accessIds, by, now],
  );
}

export interface CaseStatistics {
  readonly origin: CaseOrigin;
  readonly state: CaseState;
  readonly verdict: CaseVerdict | null;
  readonly cases: number;
  /** Half of those with a verdict had one after so many hours; null where none has. */
  readonly medianHours: number | null;
}

/** Of the cases that were opened in a time. */
export const caseStatistics = (sql: Sql, from: Date, to: Date): Promise<CaseStatistics[]> =>
  sql.query(
    `SELECT origin, state, verdict, count(*)::int AS cases,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at)) / 3600)::float8 AS "medianHours"
     FROM cases WHERE opened_at >= $1 AND opened_at < $2 GROUP BY origin, state, verdict ORDER BY origin, state, verdict`,
    [from, to],
  );
