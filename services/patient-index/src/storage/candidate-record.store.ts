import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { plannedOnce, type Sql } from '@yinglian/persistence';
import { type Observation, type ObservedPatient, readObservation } from '../domain/observation.js';

type Told = EventData<typeof PatientObservedV3>;

interface Row {
  patient_no: string;
  hospital: string;
  issuer: string;
  local_id: string;
  name: Told['name'];
  birth_date: string | null;
  sex: string;
  other_ids: Told['otherIds'];
  study_uid: string | null;
  observed_at: Date;
  contact: Pick<Told, 'phones' | 'addresses' | 'mother' | 'birthOrder'> | null;
}

/**
 * The newest description of each of the patients, read as it is read when it comes.
 * @param today YYYYMMDD
 */
export async function recordsOf(
  sql: Sql,
  patientNos: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, Observation>> {
  if (patientNos.length === 0) return new Map();
  const rows = await sql.query<Row>(
    `SELECT p.patient_no, hospital, issuer, local_id, o.name, o.birth_date, o.sex, o.other_ids, o.study_uid, o.observed_at, o.contact
     FROM patients p JOIN observations o USING (patient_no)
     WHERE p.patient_no = ANY (${plannedOnce('$1', 'bigint[]')}) AND o.version = p.observation_version`,
    [patientNos],
    'records-of-patients',
  );
  return new Map(rows.map((row) => [row.patient_no, readObservation(toldBy(row), today)]));
}

function toldBy(row: Row): ObservedPatient {
  const told = {
    hospital: row.hospital,
    patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
    name: row.name,
    birthDate: row.birth_date ?? '',
    sex: row.sex,
    otherIds: row.other_ids,
    studyInstanceUid: row.study_uid,
    observedAt: row.observed_at.toISOString(),
  };
  return row.contact === null ? told : { ...told, ...row.contact };
}
