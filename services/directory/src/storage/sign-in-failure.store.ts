import { createHash } from 'node:crypto';
import { first, type Sql } from '@yinglian/persistence';
import { FAILURES_UNTIL_LOCK, type Failures, FORGOTTEN_MS, LOCK_MS } from '../domain/patience.js';

export type FailureKind = 'password' | 'code' | 'address';

const digestOf = (name: string) => createHash('sha256').update(name).digest('hex');

/** Held until the transaction ends, so that many attempts at once are not one. Hold the account before the address. */
export async function failuresToChange(tx: Sql, kind: FailureKind, name: string): Promise<Failures | undefined> {
  await tx.query(
    `INSERT INTO sign_in_failures (kind, digest, count, last_at) VALUES ($1, $2, 0, now()) ON CONFLICT DO NOTHING`,
    [kind, digestOf(name)],
  );
  const row = await first<{ count: number; last_at: Date }>(
    tx,
    'SELECT count, last_at FROM sign_in_failures WHERE (kind, digest) = ($1, $2) FOR UPDATE',
    [kind, digestOf(name)],
  );
  return row === undefined || row.count === 0 ? undefined : { count: row.count, lastAt: row.last_at };
}

export async function setFailures(tx: Sql, kind: FailureKind, name: string, failures: Failures): Promise<void> {
  await tx.query('UPDATE sign_in_failures SET count = $3, last_at = $4 WHERE (kind, digest) = ($1, $2)', [
    kind,
    digestOf(name),
    failures.count,
    failures.lastAt,
  ]);
}

/** Takes back the one failure that an attempt counted as before it succeeded. */
export async function takeBackFailure(sql: Sql, kind: FailureKind, name: string): Promise<void> {
  await sql.query('UPDATE sign_in_failures SET count = greatest(count - 1, 0) WHERE (kind, digest) = ($1, $2)', [
    kind,
    digestOf(name),
  ]);
}

export async function forgetFailures(sql: Sql, kind: FailureKind, name: string): Promise<void> {
  await sql.query('DELETE FROM sign_in_failures WHERE (kind, digest) = ($1, $2)', [kind, digestOf(name)]);
}

/** Until when which of these accounts is locked, by a password or a code. */
export async function locksOf(sql: Sql, accounts: readonly string[], now: Date): Promise<Map<string, Date>> {
  const rows = await sql.query<{ digest: string; last_at: Date }>(
    `SELECT digest, max(last_at) AS last_at FROM sign_in_failures
     WHERE kind IN ('password', 'code') AND digest = ANY ($1) AND count >= ${FAILURES_UNTIL_LOCK} AND last_at > $2
     GROUP BY digest`,
    [accounts.map(digestOf), new Date(now.getTime() - LOCK_MS)],
  );
  const until = new Map(rows.map((row) => [row.digest, new Date(row.last_at.getTime() + LOCK_MS)]));
  return new Map(
    accounts.flatMap((account) => {
      const end = until.get(digestOf(account));
      return end === undefined ? [] : [[account, end] as const];
    }),
  );
}

/** Forgets what nobody tried for a day. At most 5,000 at once. */
export async function sweepFailures(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `DELETE FROM sign_in_failures WHERE ctid IN
       (SELECT ctid FROM sign_in_failures WHERE last_at < $1 LIMIT 5000 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - FORGOTTEN_MS)],
  );
}
