import { first, type Sql } from '@yinglian/persistence';

/** An authenticator app of an account; the secret is encrypted. */
export interface AuthenticatorApp {
  readonly secret: Buffer;
  /** The last time step of which a code was taken. */
  readonly lastStep: number;
}

export async function findAuthenticatorApp(sql: Sql, account: string): Promise<AuthenticatorApp | undefined> {
  const row = await first<{ secret: Buffer; last_step: string }>(
    sql,
    'SELECT secret, last_step FROM authenticator_apps WHERE account = $1',
    [account],
  );
  return row === undefined ? undefined : { secret: row.secret, lastStep: Number(row.last_step) };
}

/** Whether the account had none before; then its recovery codes are these. */
export async function insertAuthenticatorApp(
  tx: Sql,
  account: string,
  app: AuthenticatorApp & { readonly enrolledAt: Date; readonly recoveryDigests: readonly string[] },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO authenticator_apps (account, secret, last_step, enrolled_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [account, app.secret, app.lastStep, app.enrolledAt],
  );
  if (rows.length === 0) return false;
  await tx.query('INSERT INTO recovery_codes (account, digest) SELECT $1, unnest($2::text[])', [
    account,
    app.recoveryDigests,
  ]);
  return true;
}

/** Whether the step's code was not taken yet, nor that of a later one. It is taken now. */
export async function takeStep(sql: Sql, account: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE authenticator_apps SET last_step = $2 WHERE account = $1 AND last_step < $2 RETURNING 1',
    [account, step],
  );
  return rows.length > 0;
}

/** Whether it is a recovery code of the account that was not used yet. It is used now. */
export async function useRecoveryCode(sql: Sql, account: string, digest: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE recovery_codes SET used_at = $3 WHERE (account, digest) = ($1, $2) AND used_at IS NULL RETURNING 1`,
    [account, digest, at],
  );
  return rows.length > 0;
}

/** Whether the account had one. Its recovery codes go with it. */
export async function deleteAuthenticatorApp(tx: Sql, account: string): Promise<boolean> {
  const rows = await tx.query('DELETE FROM authenticator_apps WHERE account = $1 RETURNING 1', [account]);
  return rows.length > 0;
}

/** Which of these accounts have a second factor. */
export async function accountsWithSecondFactor(sql: Sql, accounts: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ account: string }>('SELECT account FROM authenticator_apps WHERE account = ANY ($1)', [
    accounts,
  ]);
  return new Set(rows.map(({ account }) => account));
}
