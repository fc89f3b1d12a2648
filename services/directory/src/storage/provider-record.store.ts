import { first, type Sql } from '@yinglian/persistence';
import type { AdapterPayload } from 'oidc-provider';

interface Row {
  payload: AdapterPayload;
}

const SWEPT_AT_ONCE = 5_000;

export async function saveRecord(
  sql: Sql,
  record: { model: string; id: string; payload: AdapterPayload; expiresInS: number | undefined },
): Promise<void> {
  const { accountId, grantId, uid } = record.payload;
  await sql.query(
    `INSERT INTO provider_records (model, id, payload, account_id, grant_id, uid, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
     ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, account_id = excluded.account_id,
       grant_id = excluded.grant_id, uid = excluded.uid, expires_at = excluded.expires_at`,
    [
      record.model,
      record.id,
      record.payload,
      accountId ?? null,
      grantId ?? null,
      uid ?? null,
      record.expiresInS ?? null,
    ],
  );
}

const LIVING = '(expires_at IS NULL OR expires_at > now())';

export async function findRecord(sql: Sql, model: string, id: string): Promise<AdapterPayload | undefined> {
  const row = await first<Row>(sql, `SELECT payload FROM provider_records WHERE (model, id) = ($1, $2) AND ${LIVING}`, [
    model,
    id,
  ]);
  return row?.payload;
}

export async function findRecordByUid(sql: Sql, model: string, uid: string): Promise<AdapterPayload | undefined> {
  const row = await first<Row>(
    sql,
    `SELECT payload FROM provider_records WHERE uid = $2 AND model = $1 AND ${LIVING}`,
    [model, uid],
  );
  return row?.payload;
}

/** Marks it used, at this second; the provider refuses a second use and revokes what the first one gave. */
export async function consumeRecord(sql: Sql, model: string, id: string): Promise<void> {
  await sql.query(
    `UPDATE provider_records
     SET payload = payload || jsonb_build_object('consumed', floor(extract(epoch FROM now()))::bigint)
     WHERE (model, id) = ($1, $2)`,
    [model, id],
  );
}

export async function deleteRecord(sql: Sql, model: string, id: string): Promise<void> {
  await sql.query('DELETE FROM provider_records WHERE (model, id) = ($1, $2)', [model, id]);
}

export async function deleteRecordsOfGrant(sql: Sql, model: string, grantId: string): Promise<void> {
  await sql.query('DELETE FROM provider_records WHERE grant_id = $2 AND model = $1', [model, grantId]);
}

/** Ends everything that an account is signed in to. Access tokens already given live on until they expire. */
export async function deleteRecordsOfAccount(sql: Sql, accountId: string): Promise<void> {
  await sql.query('DELETE FROM provider_records WHERE account_id = $1', [accountId]);
}

/** Forgets what has expired; how many there were. At most 5,000 at once. */
export async function sweepRecords(sql: Sql): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM provider_records WHERE ctid IN
       (SELECT ctid FROM provider_records WHERE expires_at <= now() LIMIT ${SWEPT_AT_ONCE} FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
  );
  return rows.length;
}

/** Ends one session of an account with its tokens, codes and grants (payloads of oidc-provider 9 name the session's uid). */
export async function deleteRecordsOfSession(tx: Sql, accountId: string, uid: string): Promise<void> {
  await tx.query(
    `WITH session AS (
       DELETE FROM provider_records WHERE model = 'Session' AND uid = $2 AND account_id = $1 RETURNING payload
     ), grants AS (
       SELECT value ->> 'grantId' AS id FROM session, jsonb_each(coalesce(payload -> 'authorizations', '{}'))
     )
     DELETE FROM provider_records WHERE account_id = $1 AND (payload ->> 'sessionUid' = $2
       OR grant_id IN (SELECT id FROM grants) OR (model = 'Grant' AND id IN (SELECT id FROM grants)))`,
    [accountId, uid],
  );
}
