import type { Sql } from '@yinglian/persistence';

export interface KeptNumber {
  readonly patientNo: string;
  readonly number: string;
  /** Whoever states it is the same person. */
  readonly claims: boolean;
}

/**
 * The home that holds each of the numbers: where most of the patients are that claim it or were confirmed there with it; among
 * equals the one that came first.
 */
export async function holdersOf(sql: Sql, numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await sql.query<{ number: string; home_id: string }>(
    `SELECT DISTINCT ON (number) number, home_id FROM (
       SELECT number, home_id, count(*) AS claimed, min(patient_no) AS earliest
       FROM patient_numbers JOIN patients USING (patient_no)
       WHERE number = ANY ($1) AND (claims OR confirmed) GROUP BY number, home_id
     ) AS claimed_by ORDER BY number, claimed DESC, earliest`,
    [numbers],
    'holders-of-numbers',
  );
  return new Map(rows.map((row) => [row.number, row.home_id]));
}

/** A number once claimed stays claimed. */
export async function keepNumbers(tx: Sql, kept: readonly KeptNumber[]): Promise<void> {
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO patient_numbers AS old (number, patient_no, claims)
     SELECT number, patient_no, bool_or(claims)
     FROM unnest($1::text[], $2::bigint[], $3::boolean[]) AS added (number, patient_no, claims)
     GROUP BY number, patient_no ORDER BY number, patient_no
     ON CONFLICT (number, patient_no) DO UPDATE SET claims = true WHERE excluded.claims AND NOT old.claims`,
    [kept.map(({ number }) => number), kept.map(({ patientNo }) => patientNo), kept.map(({ claims }) => claims)],
    'keep-numbers',
  );
}

/** What these patients claim, of all the numbers that they ever stated. */
export async function numbersClaimedBy(sql: Sql, patientNos: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ number: string }>(
    `SELECT DISTINCT number FROM (
       SELECT patient_no, unnest(numbers) AS number FROM observations WHERE patient_no = ANY ($1::bigint[])
     ) AS stated JOIN patient_numbers USING (number, patient_no) WHERE claims`,
    [patientNos],
  );
  return rows.map(({ number }) => number);
}
