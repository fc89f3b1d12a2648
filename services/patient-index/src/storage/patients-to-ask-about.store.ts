import { first, type Sql } from '@yinglian/persistence';
import type { UnlinkedPatient } from './newcomer.store.js';

/** From now on patients are counted as loaded, until `stopCollecting`. Whoever was collecting before goes on. */
export async function collectToAskAbout(tx: Sql): Promise<void> {
  await tx.query(
    `INSERT INTO patients_to_ask_about
     SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END, 9223372036854775807 FROM patient_nos
     WHERE NOT EXISTS (SELECT 1 FROM patients_to_ask_about)`,
  );
  await tx.query('UPDATE patients_to_ask_about SET last_patient_no = 9223372036854775807');
}

export const stopCollecting = (tx: Sql) =>
  tx.query('UPDATE patients_to_ask_about SET last_patient_no = (SELECT last_value FROM patient_nos)');

/** The next few whom no number linked, for this transaction alone; null when none is left. */
export async function someToAskAbout(tx: Sql, limit: number): Promise<UnlinkedPatient[] | null> {
  const left = await first<{ next: string; last: string }>(
    tx,
    'SELECT next_patient_no AS next, last_patient_no AS last FROM patients_to_ask_about FOR UPDATE',
  );
  if (left === undefined || BigInt(left.next) > BigInt(left.last)) return null;
  const rows = await tx.query<{ patient_no: string; hospital: string; issuer: string; local_id: string }>(
    `SELECT patient_no, hospital, issuer, local_id FROM patients
     WHERE patient_no BETWEEN $1 AND $2 AND reason = 'NEW_PERSON' ORDER BY patient_no LIMIT $3`,
    [left.next, left.last, limit],
    'some-to-ask-about',
  );
  return rows.map(({ patient_no: patientNo, hospital, issuer, local_id: id }) => ({
    patient: { hospital, issuer, id },
    patientNo,
  }));
}

/** @param lastNo of those who were asked about; undefined when there was none any more */
export async function markAskedAbout(tx: Sql, lastNo: string | undefined): Promise<void> {
  if (lastNo === undefined) await tx.query('DELETE FROM patients_to_ask_about');
  else await tx.query('UPDATE patients_to_ask_about SET next_patient_no = $1::bigint + 1', [lastNo]);
}
