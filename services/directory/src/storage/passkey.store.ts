import { first, type Sql } from '@yinglian/persistence';
import type { Passkey } from '../domain/passkey.js';

interface Row {
  id: string;
  account: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  name: string;
  added_at: Date;
  last_used_at: Date | null;
}

const COLUMNS = 'id, account, credential_id, public_key, counter, transports, name, added_at, last_used_at';

/** The account's, the oldest first. */
export async function passkeysOf(sql: Sql, account: string): Promise<Passkey[]> {
  const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM passkeys WHERE account = $1 ORDER BY added_at`, [account]);
  return rows.map(passkeyOf);
}

export async function findPasskey(sql: Sql, account: string, credentialId: string): Promise<Passkey | undefined> {
  const row = await first<Row>(sql, `SELECT ${COLUMNS} FROM passkeys WHERE credential_id = $2 AND account = $1`, [
    account,
    credentialId,
  ]);
  return row === undefined ? undefined : passkeyOf(row);
}

export async function insertPasskey(tx: Sql, passkey: Omit<Passkey, 'lastUsedAt'>): Promise<void> {
  const { id, account, credentialId, publicKey, counter, transports, name, addedAt } = passkey;
  await tx.query(
    `INSERT INTO passkeys (id, account, credential_id, public_key, counter, transports, name, added_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, account, credentialId, Buffer.from(publicKey), counter, transports, name, addedAt],
  );
}

/**
 * Whether it has signed more often than when it was last seen, or does not count at all (WebAuthn Level 3 section 7.2).
 * Then it is used now.
 */
export async function usePasskey(sql: Sql, id: string, counter: number, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE passkeys SET counter = $2, last_used_at = $3
     WHERE id = $1 AND (counter < $2::bigint OR (counter = 0 AND $2::bigint = 0)) RETURNING 1`,
    [id, counter, at],
  );
  return rows.length > 0;
}

/** Whether it was there. */
export async function deletePasskey(tx: Sql, account: string, id: string): Promise<boolean> {
  const rows = await tx.query('DELETE FROM passkeys WHERE id = $2 AND account = $1 RETURNING 1', [account, id]);
  return rows.length > 0;
}

const passkeyOf = (row: Row): Passkey => ({
  id: row.id,
  account: row.account,
  credentialId: row.credential_id,
  publicKey: Uint8Array.from(row.public_key),
  counter: Number(row.counter),
  transports: row.transports,
  name: row.name,
  addedAt: row.added_at,
  lastUsedAt: row.last_used_at,
});
