import type { SignInMethod } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

/** How far somebody has come in one interaction of the provider. */
export interface SignInProgress {
  readonly account: string;
  /** What was proved in this interaction. */
  readonly methods: readonly SignInMethod[];
  readonly secondFactorAt: Date | null;
  /** Encrypted: the secret of an app that is not confirmed yet. */
  readonly offeredSecret: Buffer | null;
}

interface Row {
  account: string;
  methods: SignInMethod[];
  second_factor_at: Date | null;
  offered_secret: Buffer | null;
}

export async function findProgress(sql: Sql, interaction: string): Promise<SignInProgress | undefined> {
  const row = await first<Row>(
    sql,
    `SELECT account, methods, second_factor_at, offered_secret FROM sign_in_progress
     WHERE interaction = $1 AND expires_at > now()`,
    [interaction],
  );
  if (row === undefined) return undefined;
  const { account, methods, second_factor_at: secondFactorAt, offered_secret: offeredSecret } = row;
  return { account, methods, secondFactorAt, offeredSecret };
}

/** Lasts as long as the provider's interaction, at most an hour. */
export async function saveProgress(sql: Sql, interaction: string, progress: SignInProgress): Promise<void> {
  await sql.query(
    `INSERT INTO sign_in_progress (interaction, account, methods, second_factor_at, offered_secret, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + interval '1 hour')
     ON CONFLICT (interaction) DO UPDATE SET account = excluded.account, methods = excluded.methods,
       second_factor_at = excluded.second_factor_at, offered_secret = excluded.offered_secret`,
    [interaction, progress.account, progress.methods, progress.secondFactorAt, progress.offeredSecret],
  );
}

export async function deleteProgress(sql: Sql, interaction: string): Promise<void> {
  await sql.query('DELETE FROM sign_in_progress WHERE interaction = $1 OR expires_at <= now()', [interaction]);
}
