import type { SignInMethod } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { SignInSession } from '../domain/sign-in-session.js';

interface Row {
  uid: string;
  account: string;
  begun_at: Date;
  last_used_at: Date;
  methods: SignInMethod[];
  second_factor_at: Date | null;
  user_agent: string;
  address: string;
}

const COLUMNS = 'uid, account, begun_at, last_used_at, methods, second_factor_at, user_agent, address';
/** A use is written down when the last one is older. */
const USE_NOTED_EVERY_S = 15;

/** A sign-in, also one anew in the same browser. */
export async function saveSession(tx: Sql, session: SignInSession): Promise<void> {
  await tx.query(
    `INSERT INTO sign_in_sessions (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (uid) DO UPDATE SET account = excluded.account, begun_at = excluded.begun_at,
       last_used_at = excluded.last_used_at, methods = excluded.methods, second_factor_at = excluded.second_factor_at,
       user_agent = excluded.user_agent, address = excluded.address`,
    [
      session.uid,
      session.account,
      session.begunAt,
      session.lastUsedAt,
      session.methods,
      session.secondFactorAt,
      session.userAgent,
      session.address,
    ],
  );
}

export async function findSession(sql: Sql, uid: string): Promise<SignInSession | undefined> {
  const row = await first<Row>(sql, `SELECT ${COLUMNS} FROM sign_in_sessions WHERE uid = $1`, [uid]);
  return row === undefined ? undefined : sessionOf(row);
}

/** The account's sessions, the newest first; at most 200. */
export async function sessionsOf(sql: Sql, account: string): Promise<SignInSession[]> {
  const rows = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM sign_in_sessions WHERE account = $1 ORDER BY begun_at DESC LIMIT 200`,
    [account],
  );
  return rows.map(sessionOf);
}

/** The second factor was proved in a session that goes on. */
export async function secondFactorProved(tx: Sql, uid: string, at: Date, methods: readonly SignInMethod[]) {
  await tx.query(
    `UPDATE sign_in_sessions SET second_factor_at = $2, last_used_at = greatest(last_used_at, $2),
       methods = ARRAY(SELECT DISTINCT unnest(methods || $3::text[]) ORDER BY 1 DESC)
     WHERE uid = $1`,
    [uid, at, methods],
  );
}

export async function sessionUsed(sql: Sql, uid: string, at: Date): Promise<void> {
  await sql.query(
    `UPDATE sign_in_sessions SET last_used_at = $2
     WHERE uid = $1 AND last_used_at < $2::timestamptz - interval '${USE_NOTED_EVERY_S} seconds'`,
    [uid, at],
  );
}

/** Which of the sessions named were there and are deleted now; those of an account, all or all but one. */
export async function deleteSessions(
  tx: Sql,
  account: string,
  which: { readonly uid: string } | { readonly except: string | null },
): Promise<SignInSession[]> {
  const [condition, value] = 'uid' in which ? ['uid = $2', which.uid] : ['uid IS DISTINCT FROM $2', which.except];
  const rows = await tx.query<Row>(
    `DELETE FROM sign_in_sessions WHERE account = $1 AND ${condition} RETURNING ${COLUMNS}`,
    [account, value],
  );
  return rows.map(sessionOf);
}

/** Deletes sessions that nobody used since, or that began before; at most 500 at once. */
export async function deleteSessionsOver(tx: Sql, usedBefore: Date, begunBefore: Date): Promise<SignInSession[]> {
  const rows = await tx.query<Row>(
    `DELETE FROM sign_in_sessions WHERE uid IN
       (SELECT uid FROM sign_in_sessions WHERE last_used_at <= $1 OR begun_at <= $2 LIMIT 500 FOR UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [usedBefore, begunBefore],
  );
  return rows.map(sessionOf);
}

const sessionOf = (row: Row): SignInSession => ({
  uid: row.uid,
  account: row.account,
  begunAt: row.begun_at,
  lastUsedAt: row.last_used_at,
  methods: row.methods,
  secondFactorAt: row.second_factor_at,
  userAgent: row.user_agent,
  address: row.address,
});
