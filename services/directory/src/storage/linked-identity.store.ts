import { first, type Sql } from '@yinglian/persistence';

/** Who somebody is at their hospital's provider. */
export interface HospitalIdentity {
  readonly hospital: string;
  readonly issuer: string;
  /** The provider's `sub`, which it gives to nobody else (OpenID Connect Core section 8). */
  readonly subject: string;
  /** What people call it there. */
  readonly name: string;
}

export const linkedAccount = async (sql: Sql, { issuer, subject }: Pick<HospitalIdentity, 'issuer' | 'subject'>) =>
  (
    await first<{ account: string }>(sql, 'SELECT account FROM linked_identities WHERE issuer = $1 AND subject = $2', [
      issuer,
      subject,
    ])
  )?.account;

/** Waits five minutes for the account that is proved next in this interaction. */
export async function identityWaits(sql: Sql, interaction: string, identity: HospitalIdentity): Promise<void> {
  const { hospital, issuer, subject, name } = identity;
  await sql.query(
    `INSERT INTO identities_to_link (interaction, hospital, issuer, subject, name, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + interval '5 minutes')
     ON CONFLICT (interaction) DO UPDATE SET hospital = excluded.hospital, issuer = excluded.issuer,
       subject = excluded.subject, name = excluded.name, expires_at = excluded.expires_at`,
    [interaction, hospital, issuer, subject, name],
  );
}

export const waitingIdentity = (sql: Sql, interaction: string): Promise<HospitalIdentity | undefined> =>
  first<HospitalIdentity>(
    sql,
    'SELECT hospital, issuer, subject, name FROM identities_to_link WHERE interaction = $1 AND expires_at > now()',
    [interaction],
  );

/** Links what waits to the account, if it works at that hospital and is nobody else there. Whether it is linked now. */
export async function linkWaiting(sql: Sql, interaction: string, account: string): Promise<boolean> {
  const linked = await sql.query(
    `WITH waiting AS (DELETE FROM identities_to_link WHERE interaction = $1 RETURNING hospital, issuer, subject, expires_at)
     INSERT INTO linked_identities (issuer, subject, account, linked_at)
     SELECT issuer, subject, username, now() FROM waiting JOIN staff USING (hospital)
     WHERE username = $2 AND expires_at > now()
     ON CONFLICT DO NOTHING RETURNING 1`,
    [interaction, account],
  );
  return linked.length > 0;
}

/** Which of these accounts are somebody at their hospital's provider. */
export async function linkedAccounts(sql: Sql, accounts: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ account: string }>('SELECT account FROM linked_identities WHERE account = ANY ($1)', [
    accounts,
  ]);
  return new Set(rows.map(({ account }) => account));
}

/** Whether there was one. */
export const unlink = async (sql: Sql, account: string): Promise<boolean> =>
  (await sql.query('DELETE FROM linked_identities WHERE account = $1 RETURNING 1', [account])).length > 0;
