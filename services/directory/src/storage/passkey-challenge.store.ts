import { first, type Sql } from '@yinglian/persistence';

/** Who is to have what signed: the account, in an interaction of the provider or in one of its sessions. */
export interface Ceremony {
  /** The interaction's or the session's id. */
  readonly holder: string;
  readonly account: string;
}

/** Lasts five minutes, and in place of one that was made before. */
export async function saveChallenge(sql: Sql, { holder, account }: Ceremony, challenge: string): Promise<void> {
  await sql.query(
    `INSERT INTO passkey_challenges (holder, account, challenge, expires_at)
     VALUES ($1, $2, $3, now() + interval '5 minutes')
     ON CONFLICT (holder) DO UPDATE SET account = excluded.account, challenge = excluded.challenge,
       expires_at = excluded.expires_at`,
    [holder, account, challenge],
  );
}

/** Ends it: nothing is signed twice. Undefined if there is none, or no longer. */
export const takeChallenge = async (sql: Sql, { holder, account }: Ceremony): Promise<string | undefined> =>
  (
    await first<{ challenge: string }>(
      sql,
      'DELETE FROM passkey_challenges WHERE holder = $1 AND account = $2 AND expires_at > now() RETURNING challenge',
      [holder, account],
    )
  )?.challenge;

/** Those that nobody answered. */
export async function sweepChallenges(sql: Sql): Promise<void> {
  await sql.query('DELETE FROM passkey_challenges WHERE expires_at <= now()');
}
