import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Observation, ObservedPatient } from '../domain/observation.js';
import type { KeptObservation } from '../domain/person.js';
import { clean, type ObservedName, readName } from '../domain/person-name.js';

interface Row {
  hospital: string;
  issuer: string;
  local_id: string;
  person_id: string;
  version: number;
  name: ObservedName;
  birth_date: string | null;
  sex: string;
  resident_ids: string[];
  observed_at: Date;
}

/** What hospitals said about their patients, newest first, by the person that each patient is linked to now. */
export async function observationsOf(
  sql: Sql,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptObservation[]>> {
  const rows = await sql.query<Row>(
    `SELECT hospital, issuer, local_id, p.person_id, o.version, o.name, o.birth_date, o.sex, o.resident_ids, o.observed_at
     FROM patients p JOIN observations o USING (hospital, issuer, local_id)
     WHERE p.person_id = ANY ($1)
     ORDER BY o.observed_at DESC, hospital, issuer, local_id, o.version DESC`,
    [personIds],
  );
  const byPerson = Map.groupBy(rows, (row) => row.person_id);
  return new Map([...byPerson].map(([personId, found]) => [personId, found.map(keptOf)]));
}

/** Keeps a description of a patient unless it is the one kept last. Resolves to whether it was new. */
export async function keepObservation(
  tx: Sql,
  { patient, name, otherIds, studyInstanceUid, observedAt }: ObservedPatient,
  seen: Observation,
): Promise<boolean> {
  const kept = await tx.query(
    `WITH described AS (SELECT $5::jsonb AS name, $6::text AS birth_date, $7::text AS sex, $8::jsonb AS other_ids),
     last AS (
       SELECT p.observation_version AS version, o.name, o.birth_date, o.sex, o.other_ids
       FROM patients p LEFT JOIN observations o
         ON (o.hospital, o.issuer, o.local_id, o.version) = (p.hospital, p.issuer, p.local_id, p.observation_version)
       WHERE (p.hospital, p.issuer, p.local_id) = ($1, $2, $3)
     ),
     kept AS (
       INSERT INTO observations (hospital, issuer, local_id, version, name, birth_date, sex, other_ids, resident_ids, study_uid, observed_at)
       SELECT $1, $2, $3, last.version + 1, described.name, described.birth_date, described.sex, described.other_ids, $9, $10, $4
       FROM last, described
       WHERE (last.name, last.birth_date, last.sex, last.other_ids)
         IS DISTINCT FROM (described.name, described.birth_date, described.sex, described.other_ids)
       RETURNING version
     )
     UPDATE patients SET observation_version = kept.version FROM kept
     WHERE (patients.hospital, patients.issuer, patients.local_id) = ($1, $2, $3) RETURNING kept.version`,
    [
      ...[patient.hospital, patient.issuer, patient.id, observedAt],
      ...[keepable(name), seen.birthDate, seen.sex, keepable(otherIds), seen.residentIds, studyInstanceUid],
    ],
  );
  return kept.length > 0;
}

/** Everything that was ever stated as this patient's resident id. */
export async function residentIdsOf(sql: Sql, patient: LocalPatientKey): Promise<string[]> {
  const rows = await sql.query<{ number: string }>(
    `SELECT DISTINCT unnest(resident_ids) AS number FROM observations
     WHERE (hospital, issuer, local_id) = ($1, $2, $3)`,
    [patient.hospital, patient.issuer, patient.id],
  );
  return rows.map(({ number }) => number);
}

/** The resident id that the patient was last stated to have; undefined when none was, or several at once. */
export async function statedResidentId(
  sql: Sql,
  { hospital, issuer, id }: LocalPatientKey,
): Promise<string | undefined> {
  const row = await first<{ resident_ids: string[] }>(
    sql,
    `SELECT resident_ids FROM observations WHERE (hospital, issuer, local_id) = ($1, $2, $3)
     AND resident_ids <> '{}' ORDER BY version DESC LIMIT 1`,
    [hospital, issuer, id],
  );
  return row?.resident_ids.length === 1 ? row.resident_ids[0] : undefined;
}

const keepable = (value: object) =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? clean(part) : part));

const keptOf = (row: Row): KeptObservation => ({
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
  version: row.version,
  name: readName(row.name),
  birthDate: row.birth_date,
  sex: row.sex,
  residentIds: row.resident_ids,
  observedAt: row.observed_at,
});
