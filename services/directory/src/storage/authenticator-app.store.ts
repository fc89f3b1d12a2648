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

export async function insertAuthenticatorApp(
  tx: Sql,
  account: string,
  app: AuthenticatorApp & { readonly enrolledAt: Date },
): Promise<void> {
  await tx.query('INSERT INTO authenticator_apps (account, secret, last_step, enrolled_at) VALUES ($1, $2, $3, $4)', [
    account,
    app.secret,
    app.lastStep,
    app.enrolledAt,
  ]);
}

/** Whether the step's code was not taken yet, nor that of a later one. It is taken now. */
export async function takeStep(sql: Sql, account: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    'UPDATE authenticator_apps SET last_step = $2 WHERE account = $1 AND last_step < $2 RETURNING 1',
    [account, step],
  );
  return rows.length > 0;
}
