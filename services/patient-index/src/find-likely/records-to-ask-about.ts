import type { Sql } from '@yinglian/persistence';
import { neverLinks } from '../domain/identity/flags.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import type { UnlinkedPatient } from '../storage/newcomer.store.js';
import type { NewRecord } from './find-questions.js';

/** The newest description of each of the patients; of newborns, test patients and the like nobody asks. */
export async function recordsToAskAbout(
  sql: Sql,
  patients: readonly UnlinkedPatient[],
  now: Date,
): Promise<NewRecord[]> {
  const nos = patients.map(({ patientNo }) => patientNo);
  const records = await recordsOf(sql, nos, now.toISOString().slice(0, 10).replaceAll('-', ''));
  return patients.flatMap(({ patient, patientNo }) => {
    const record = records.get(patientNo);
    return record === undefined || neverLinks(record.flags) ? [] : [{ patient, patientNo, record }];
  });
}
