import { first, type Sql } from '@yinglian/persistence';

/** The person whose study it is, or undefined while either is unknown. */
export async function personOfStudy(sql: Sql, studyInstanceUid: string): Promise<string | undefined> {
  const row = await first<{ personId: string }>(
    sql,
    `SELECT p.person_id AS "personId" FROM study_patients s
     JOIN patient_persons p USING (hospital, issuer, patient_id) WHERE s.study_uid = $1`,
    [studyInstanceUid],
  );
  return row?.personId;
}

const STUDIES_AT_MOST = 2_000;

export interface PatientsStudy {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  /** YYYYMMDD, and the modality, as far as the hospital's gateway said them. */
  readonly studyDate: string | null;
  readonly modality: string | null;
}

/** The studies of any of these persons, who are one, and the hospitals that made them. */
export const studiesOfPersons = (sql: Sql, personIds: readonly string[]) =>
  sql.query<PatientsStudy>(
    `SELECT study_uid AS "studyInstanceUid", hospital, study_date AS "studyDate", modality FROM patient_persons p
     JOIN study_patients s USING (hospital, issuer, patient_id) WHERE p.person_id = ANY ($1) ORDER BY study_date DESC NULLS LAST, study_uid LIMIT $2`,
    [personIds, STUDIES_AT_MOST],
  );
