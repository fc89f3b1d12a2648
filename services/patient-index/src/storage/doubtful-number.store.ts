import type { Sql } from '@yinglian/persistence';

/** Patients about whom a steward was asked for the same number, from which on it is nobody's. */
const MOST_PATIENTS = 10;

/** Which of the numbers say nothing. */
export async function doubtfulAmong(sql: Sql, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await sql.query<{ number: string }>(
    'SELECT number FROM doubtful_numbers WHERE number = ANY ($1)',
    [numbers],
    'doubtful-among',
  );
  return new Set(rows.map(({ number }) => number));
}

/** Those of the numbers that too many patients were asked about say nothing from now on. */
export async function doubtNumbers(tx: Sql, numbers: readonly string[], now: Date): Promise<void> {
  if (numbers.length === 0) return;
  await tx.query(
    `INSERT INTO doubtful_numbers (number, patients, since)
     SELECT number, count(DISTINCT (hospital, issuer, local_id)), $3 FROM conflicts WHERE number = ANY ($1)
     GROUP BY number HAVING count(DISTINCT (hospital, issuer, local_id)) >= $2
     ON CONFLICT (number) DO NOTHING`,
    [numbers, MOST_PATIENTS, now],
    'doubt-numbers',
  );
}
