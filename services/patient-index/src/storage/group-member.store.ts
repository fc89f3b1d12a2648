import type { TypedName } from '@yinglian/names';
import { plannedOnce, type Sql } from '@yinglian/persistence';
import { found, shapeOf } from './person-walk.store.js';

/** A patient of somebody whom a search has met. */
export interface GroupMember {
  readonly survivorId: string;
  readonly patientNo: number;
  readonly hospital: string;
  readonly localId: string;
  /** Has the number that is asked for. */
  readonly hasNumber: boolean;
}

interface Row {
  survivor_id: string;
  patient_no: string;
  hospital: string;
  local_id: string;
  has_number: boolean;
}

export interface CalledPatient {
  readonly patientNo: number;
  readonly nameId: number;
  readonly birthDate: number;
  readonly surname: number;
  /** By the name that was typed. */
  readonly found: boolean;
}

/**
 * All patients of the persons whose these are, whoever was merged with whom.
 * @param number that is asked for; null: none
 */
export async function groupMembersOf(
  sql: Sql,
  patientNos: readonly number[],
  number: string | null,
): Promise<GroupMember[]> {
  const rows = await sql.query<Row>(
    `WITH met AS (
       SELECT DISTINCT survivor_id FROM patients JOIN persons ON person_id = home_id WHERE patient_no = ANY (${plannedOnce('$1', 'bigint[]')})
     ), homes AS (
       SELECT survivor_id, survivor_id AS home_id FROM met
       UNION ALL SELECT survivor_id, person_id FROM persons WHERE survivor_id = ANY (ARRAY(SELECT survivor_id FROM met)) AND survivor_id <> person_id
     )
     SELECT survivor_id, patient_no, hospital, local_id,
       EXISTS (SELECT FROM patient_numbers n WHERE n.number = ${plannedOnce('$2', 'text')} AND n.patient_no = patients.patient_no) AS has_number
     FROM homes JOIN patients USING (home_id)`,
    [patientNos, number],
    'group-members',
  );
  return rows.map((row) => ({
    survivorId: row.survivor_id,
    patientNo: Number(row.patient_no),
    hospital: row.hospital,
    localId: row.local_id,
    hasNumber: row.has_number,
  }));
}

/** @param name null: any is found */
export async function namesOfPatients(
  sql: Sql,
  patientNos: readonly number[],
  name: TypedName | null,
): Promise<CalledPatient[]> {
  const typed = name ?? { every: [], any: [] };
  const rows = await sql.query<{
    patient_no: string;
    name_id: number;
    birth_date: number;
    surname: number;
    found: boolean;
  }>(
    `SELECT patient_no, name_id, birth_date, surname,
       ${name === null ? '$2::text[] IS NOT NULL AND $3::text[] IS NOT NULL' : found('patient_names.name_id', '$2', '$3', typed)} AS found
     FROM patient_names WHERE patient_no = ANY (${plannedOnce('$1', 'bigint[]')})`,
    [patientNos, typed.every, typed.any],
    `names-of-patients${name === null ? '' : shapeOf(typed)}`,
  );
  return rows.map((row) => ({
    patientNo: Number(row.patient_no),
    nameId: row.name_id,
    birthDate: row.birth_date,
    surname: row.surname,
    found: row.found,
  }));
}
