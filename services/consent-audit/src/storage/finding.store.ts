import { first, type Sql } from '@yinglian/persistence';
import type { FindingRule, FindingRuleName } from '../domain/finding-rule.js';
import type { PageCursor } from '../domain/page-cursor.js';
import type { Counted } from './unusual-records.js';

export interface Finding {
  readonly findingId: string;
  readonly rule: FindingRuleName;
  readonly actor: { readonly subject: string; readonly displayName: string; readonly hospital: string | null };
  /** YYYY-MM-DD */
  readonly day: string;
  readonly count: number;
  /** From how many on it was a finding. */
  readonly threshold: number;
  readonly foundAt: Date;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly caseId: string | null;
  readonly note: string | null;
}

const FINDING = `finding_id AS "findingId", rule,
  jsonb_build_object('subject', subject, 'displayName', display_name, 'hospital', hospital) AS actor,
  to_char(day, 'YYYY-MM-DD') AS day, count, threshold, found_at AS "foundAt", settled_at AS "settledAt",
  settled_by AS "settledBy", case_id AS "caseId", note`;

/** The rules that hold on a day. */
export const rulesOn = (sql: Sql, day: string): Promise<FindingRule[]> =>
  sql.query(
    `SELECT DISTINCT ON (rule) rule, threshold, days, factor FROM finding_rules WHERE valid_from <= $1::date
     ORDER BY rule, valid_from DESC`,
    [day],
  );

const PROGRESS = 'SELECT next_position AS next FROM finding_progress';

/** The place of the first record that was not looked at. */
export const progressOf = async (sql: Sql): Promise<number> =>
  Number((await first<{ next: string }>(sql, PROGRESS))?.next ?? 0);

/** The same, held until the transaction ends. */
export const progressToChange = async (tx: Sql): Promise<number> =>
  Number((await first<{ next: string }>(tx, `${PROGRESS} FOR UPDATE`))?.next ?? 0);

export async function keepProgress(tx: Sql, next: number): Promise<void> {
  await tx.query('UPDATE finding_progress SET next_position = $1', [next]);
}

/** Adds it, or lets one grow that nobody has settled. */
export async function keepFinding(tx: Sql, rule: string, found: Counted, threshold: number, now: Date): Promise<void> {
  const kept = await first<{ findingId: string }>(
    tx,
    `INSERT INTO findings (rule, subject, display_name, hospital, day, count, threshold, found_at)
     VALUES ($1, $2, $3, $4, $5::date, $6, $7, $8)
     ON CONFLICT (rule, subject, day) DO UPDATE SET count = excluded.count WHERE findings.settled_at IS NULL
     RETURNING finding_id AS "findingId"`,
    [rule, found.subject, found.displayName, found.hospital, found.day, found.count, threshold, now],
  );
  if (kept === undefined) return;
  await tx.query(
    'INSERT INTO finding_records (finding_id, access_id) SELECT $1, added FROM unnest($2::uuid[]) AS added ON CONFLICT DO NOTHING',
    [kept.findingId, found.accessIds],
  );
}

export interface FindingFilter {
  readonly list: 'open' | 'settled';
  readonly after?: PageCursor | undefined;
  readonly limit: number;
}

/** The newest first. */
export const findingPage = (sql: Sql, { list, after, limit }: FindingFilter): Promise<Finding[]> =>
  sql.query(
    `SELECT ${FINDING} FROM findings WHERE settled_at IS ${list === 'open' ? 'NULL' : 'NOT NULL'}
       ${after === undefined ? '' : 'AND (found_at, finding_id) < ($2::timestamptz, $3::uuid)'}
     ORDER BY found_at DESC, finding_id DESC LIMIT $1`,
    [limit, ...(after === undefined ? [] : [after.at, after.id])],
  );

export const findingToChange = (tx: Sql, findingId: string): Promise<Finding | undefined> =>
  first(tx, `SELECT ${FINDING} FROM findings WHERE finding_id = $1 FOR UPDATE`, [findingId]);

export async function accessIdsOf(sql: Sql, findingId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('SELECT access_id AS id FROM finding_records WHERE finding_id = $1', [
    findingId,
  ]);
  return rows.map(({ id }) => id);
}

export interface Settlement {
  readonly by: string;
  readonly caseId: string | null;
  readonly note: string | null;
}

export async function settle(tx: Sql, findingId: string, { by, caseId, note }: Settlement, now: Date): Promise<void> {
  await tx.query(
    'UPDATE findings SET settled_at = $2, settled_by = $3, case_id = $4, note = $5 WHERE finding_id = $1',
    [findingId, now, by, caseId, note],
  );
}
