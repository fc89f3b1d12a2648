import { plannedOnce, type Sql } from '@yinglian/persistence';

/** The person outside of each of the patients. */
export async function survivorsOfPatients(
  sql: Sql,
  patientNos: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ patient_no: string; survivor_id: string }>(
    `SELECT patient_no, survivor_id FROM patients JOIN persons ON person_id = home_id
     WHERE patient_no = ANY (${plannedOnce('$1', 'bigint[]')})`,
    [patientNos],
    'survivors-of-patients',
  );
  return new Map(rows.map((row) => [row.patient_no, row.survivor_id]));
}
