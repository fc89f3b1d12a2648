import { first, type Sql } from '@yinglian/persistence';

/** The next few patients of before there were tables of names, for this transaction alone; null when none is left. */
export async function patientsToEnter(tx: Sql, limit: number): Promise<string[] | null> {
  const left = await first<{ next: string }>(
    tx,
    'SELECT next_patient_no AS next FROM names_to_enter WHERE next_patient_no <= last_patient_no FOR UPDATE',
  );
  if (left === undefined) return null;
  const patients = await tx.query<{ no: string }>(
    'SELECT patient_no AS no FROM patients WHERE patient_no >= $1 ORDER BY patient_no LIMIT $2',
    [left.next, limit],
  );
  return patients.map(({ no }) => no);
}

/** @param lastNo of those that are entered; undefined when there was none any more */
export async function markEntered(tx: Sql, lastNo: string | undefined): Promise<void> {
  await tx.query('UPDATE names_to_enter SET next_patient_no = coalesce($1::bigint, last_patient_no) + 1', [lastNo]);
}

export const namesAreMissing = async (sql: Sql): Promise<boolean> =>
  (await sql.query('SELECT 1 FROM names_to_enter WHERE next_patient_no <= last_patient_no')).length > 0;
