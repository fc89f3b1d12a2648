import { first, type Sql } from '@yinglian/persistence';

/** A hospital's own OpenID provider. */
export interface HospitalIssuer {
  readonly hospital: string;
  readonly issuer: string;
  /** What the province is called there. */
  readonly clientId: string;
}

const COLUMNS = 'hospital, issuer, client_id AS "clientId"';

export const findIssuer = (sql: Sql, hospital: string): Promise<HospitalIssuer | undefined> =>
  first<HospitalIssuer>(sql, `SELECT ${COLUMNS} FROM hospital_issuers WHERE hospital = $1`, [hospital]);

/** Hospitals whose staff may sign in there, by code. */
export const hospitalsWithIssuer = (sql: Sql): Promise<{ code: string; name: string }[]> =>
  sql.query('SELECT code, name FROM hospital_issuers JOIN hospitals ON code = hospital ORDER BY code');

export async function putIssuer(sql: Sql, { hospital, issuer, clientId }: HospitalIssuer, by: string): Promise<void> {
  await sql.query(
    `INSERT INTO hospital_issuers (hospital, issuer, client_id, changed_by, changed_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (hospital) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [hospital, issuer, clientId, by],
  );
}

/** Whether there was one. */
export const deleteIssuer = async (sql: Sql, hospital: string): Promise<boolean> =>
  (await sql.query('DELETE FROM hospital_issuers WHERE hospital = $1 RETURNING 1', [hospital])).length > 0;
