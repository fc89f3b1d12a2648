import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

/** Keeps the birth date that a hospital's patient is known by, unless something later is known; what is no whole date says nothing. */
export async function keepBirthDate(
  tx: Sql,
  { hospital, issuer, id }: LocalPatientKey,
  birthDate: string,
  observedAt: string,
): Promise<void> {
  if (!/^\d{8}$/.test(birthDate)) return;
  await tx.query(
    `INSERT INTO patient_births (hospital, issuer, patient_id, birth_date, observed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hospital, issuer, patient_id) DO UPDATE SET birth_date = excluded.birth_date, observed_at = excluded.observed_at
     WHERE patient_births.observed_at < excluded.observed_at`,
    [hospital, issuer, id, birthDate, observedAt],
  );
}

/** The one that most of their patients have; among as many the latest, so that a child is taken for one. */
export async function birthDateOf(sql: Sql, personIds: readonly string[]): Promise<string | undefined> {
  const row = await first<{ birthDate: string }>(
    sql,
    `SELECT birth_date AS "birthDate" FROM patient_persons JOIN patient_births USING (hospital, issuer, patient_id)
     WHERE person_id = ANY ($1) GROUP BY birth_date ORDER BY count(*) DESC, birth_date DESC LIMIT 1`,
    [personIds],
  );
  return row?.birthDate;
}
