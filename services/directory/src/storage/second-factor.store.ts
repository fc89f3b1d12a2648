import type { Sql } from '@yinglian/persistence';

/** Which of these accounts have a second factor: an app or a passkey. */
export async function accountsWithSecondFactor(sql: Sql, accounts: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ account: string }>(
    `SELECT account FROM authenticator_apps WHERE account = ANY ($1)
     UNION SELECT account FROM passkeys WHERE account = ANY ($1)`,
    [accounts],
  );
  return new Set(rows.map(({ account }) => account));
}

export const hasSecondFactor = async (sql: Sql, account: string): Promise<boolean> =>
  (await accountsWithSecondFactor(sql, [account])).has(account);

/** Whether the account had one. Its recovery codes go with it. */
export async function deleteSecondFactors(tx: Sql, account: string): Promise<boolean> {
  const apps = await tx.query('DELETE FROM authenticator_apps WHERE account = $1 RETURNING 1', [account]);
  const passkeys = await tx.query('DELETE FROM passkeys WHERE account = $1 RETURNING 1', [account]);
  await tx.query('DELETE FROM recovery_codes WHERE account = $1', [account]);
  return apps.length + passkeys.length > 0;
}

/** In place of any that the account has. */
export async function setRecoveryCodes(tx: Sql, account: string, digests: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM recovery_codes WHERE account = $1', [account]);
  await tx.query('INSERT INTO recovery_codes (account, digest) SELECT $1, unnest($2::text[])', [account, digests]);
}

/** Whether it is a recovery code of the account that was not used yet. It is used now. */
export async function useRecoveryCode(sql: Sql, account: string, digest: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE recovery_codes SET used_at = $3 WHERE (account, digest) = ($1, $2) AND used_at IS NULL RETURNING 1`,
    [account, digest, at],
  );
  return rows.length > 0;
}
