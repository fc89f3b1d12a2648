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
