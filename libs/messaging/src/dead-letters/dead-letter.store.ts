import type { Sql } from '@yinglian/persistence';
import type { LogRecord } from '../event-log/event-log.js';

export interface DeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly type: string;
  readonly eventId: string;
  /** dead: it could not be handled; parked: it waits behind a dead one of its key. */
  readonly state: 'dead' | 'parked';
  readonly reason: string;
  readonly attempts: number;
  readonly deadAt: string;
}

export interface Verdict {
  readonly type: string;
  readonly state: DeadLetter['state'];
  readonly reason: string;
  readonly attempts: number;
}

/** The lock under which a key's letters are replayed, or further ones parked behind them. */
const KEYS_LOCK = 7_201_954_003;

/** Which of the records have a key with dead letters. When there are any, no replay can end before the transaction does. */
export async function blocked(tx: Sql, records: readonly LogRecord[]): Promise<ReadonlySet<LogRecord>> {
  const seen = await blockedNow(tx, records);
  if (seen.size === 0) return seen;
  await lockKeys(tx);
  return blockedNow(tx, records);
}

export async function lockKeys(tx: Sql): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [KEYS_LOCK]);
}

async function blockedNow(tx: Sql, records: readonly LogRecord[]): Promise<ReadonlySet<LogRecord>> {
  const rows = await tx.query<{ topic: string; key: string }>(
    `SELECT DISTINCT topic, key FROM dead_letters
     WHERE (topic, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [records.map(({ topic }) => topic), records.map(({ key }) => key)],
  );
  const keys = new Set(rows.map(({ topic, key }) => `${topic} ${key}`));
  return new Set(records.filter(({ topic, key }) => keys.has(`${topic} ${key}`)));
}

export async function bury(tx: Sql, record: LogRecord, { type, state, reason, attempts }: Verdict): Promise<void> {
  await tx.query(
    `INSERT INTO dead_letters (topic, key, event_id, type, state, reason, attempts, envelope)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (topic, event_id) DO NOTHING`,
    [record.topic, record.key, record.eventId, type, state, reason.slice(0, 2_000), attempts, record.envelope],
  );
}

/** Letters after the given id, without keys and contents, which may be patient data. */
export function listLetters(sql: Sql, after: string, limit: number): Promise<DeadLetter[]> {
  return sql.query<DeadLetter>(
    `SELECT id, topic, type, event_id AS "eventId", state, reason, attempts,
            to_char(dead_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "deadAt"
     FROM dead_letters WHERE id > $1 ORDER BY id LIMIT $2`,
    [after, limit],
  );
}

export async function countLetters(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ state: string; count: number }>(
    'SELECT state, count(*)::int AS count FROM dead_letters GROUP BY state',
  );
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** The first letter of the key that this letter belongs to. */
export async function firstOfKey(
  tx: Sql,
  { topic, key }: { topic: string; key: string },
): Promise<(LogRecord & { id: string }) | undefined> {
  const [row] = await tx.query<LogRecord & { id: string }>(
    `SELECT id, topic, key, event_id AS "eventId", envelope FROM dead_letters
     WHERE topic = $1 AND key = $2 ORDER BY id LIMIT 1`,
    [topic, key],
  );
  return row;
}

export async function letterOf(sql: Sql, id: string): Promise<LogRecord | undefined> {
  const [row] = await sql.query<LogRecord>(
    'SELECT topic, key, event_id AS "eventId", envelope FROM dead_letters WHERE id = $1',
    [id],
  );
  return row;
}

export async function countOfKey(sql: Sql, { topic, key }: { topic: string; key: string }): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM dead_letters WHERE topic = $1 AND key = $2',
    [topic, key],
  );
  return row?.count ?? 0;
}

export async function removeLetter(sql: Sql, id: string): Promise<void> {
  await sql.query('DELETE FROM dead_letters WHERE id = $1', [id]);
}

/** Notes another attempt that failed. */
export async function failedAgain(sql: Sql, id: string, reason: string): Promise<void> {
  await sql.query(
    "UPDATE dead_letters SET state = 'dead', attempts = attempts + 1, reason = $2, dead_at = now() WHERE id = $1",
    [id, reason.slice(0, 2_000)],
  );
}
