import { first, type Sql } from '@yinglian/persistence';

/** Somebody on their way to their hospital's provider. */
export interface Journey {
  readonly state: string;
  readonly interaction: string;
  readonly hospital: string;
  readonly codeVerifier: string;
  readonly nonce: string;
}

/** Lasts ten minutes. */
export async function saveJourney(sql: Sql, journey: Journey): Promise<void> {
  await sql.query(
    `INSERT INTO hospital_sign_ins (state, interaction, hospital, code_verifier, nonce, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + interval '10 minutes')`,
    [journey.state, journey.interaction, journey.hospital, journey.codeVerifier, journey.nonce],
  );
}

/** Whose sign-in it is that somebody comes back to. */
export const interactionOfJourney = async (sql: Sql, state: string): Promise<string | undefined> =>
  (
    await first<{ interaction: string }>(
      sql,
      'SELECT interaction FROM hospital_sign_ins WHERE state = $1 AND expires_at > now()',
      [state],
    )
  )?.interaction;

/** Ends the journey: nobody comes back twice. */
export const takeJourney = (sql: Sql, state: string, interaction: string): Promise<Journey | undefined> =>
  first<Journey>(
    sql,
    `DELETE FROM hospital_sign_ins WHERE state = $1 AND interaction = $2 AND expires_at > now()
     RETURNING state, interaction, hospital, code_verifier AS "codeVerifier", nonce`,
    [state, interaction],
  );

/** Journeys that nobody came back from, and identities that nobody linked. */
export async function sweepHospitalSignIns(sql: Sql): Promise<void> {
  await sql.query('DELETE FROM hospital_sign_ins WHERE expires_at <= now()');
  await sql.query('DELETE FROM identities_to_link WHERE expires_at <= now()');
}
