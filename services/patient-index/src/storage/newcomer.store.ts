import type { LocalPatientKey } from '@yinglian/contracts';
import { first, plannedOnce, type Sql } from '@yinglian/persistence';

export interface UnlinkedPatient {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
}

/** Patients of new persons: it is asked later who may be the same. */
export async function addNewcomers(tx: Sql, patientNos: readonly string[]): Promise<void> {
  if (patientNos.length === 0) return;
  await tx.query('INSERT INTO newcomers (patient_no) SELECT unnest($1::bigint[])', [patientNos], 'add-newcomers');
}

/** Those who are due and came first, at most so many; null while another transaction has taken some. Whatever is read after it has seen them all. */
export async function takeNewcomers(tx: Sql, now: Date, most: number): Promise<UnlinkedPatient[] | null> {
  const free = await first(
    tx,
    "SELECT 1 WHERE pg_try_advisory_xact_lock(hashtextextended('newcomers', 0))",
    [],
    'lock-newcomers',
  );
  if (free === undefined) return null;
  const rows = await tx.query<{ patient_no: string; hospital: string; issuer: string; local_id: string }>(
    `WITH taken AS (
       DELETE FROM newcomers WHERE patient_no IN (
         SELECT patient_no FROM newcomers WHERE next_try_at <= $1 ORDER BY patient_no LIMIT $2
       )
       RETURNING patient_no
     )
     SELECT patient_no, hospital, issuer, local_id FROM patients JOIN taken USING (patient_no) ORDER BY patient_no`,
    [now, most],
    'take-newcomers',
  );
  return rows.map(({ patient_no: patientNo, hospital, issuer, local_id: id }) => {
    return { patient: { hospital, issuer, id }, patientNo };
  });
}

/** Of whom it cannot be asked now. They stay newcomers: whoever finds them passes them by. */
export async function putOffNewcomer(sql: Sql, patientNo: string, until: Date): Promise<void> {
  await sql.query(
    'UPDATE newcomers SET next_try_at = $2 WHERE patient_no = $1',
    [patientNo, until],
    'put-off-newcomer',
  );
}

/** Who of these patients waits to be asked about. */
export async function newcomersAmong(sql: Sql, patientNos: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ patient_no: string }>(
    `SELECT patient_no FROM newcomers WHERE patient_no = ANY (${plannedOnce('$1', 'bigint[]')})`,
    [patientNos],
    'newcomers-among',
  );
  return new Set(rows.map(({ patient_no: no }) => no));
}
