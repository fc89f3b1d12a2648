import type { Sql } from '@yinglian/persistence';
import type { PersonsOfStaff } from '../domain/actor-day.js';

/** Of more persons than this, an address is a dormitory or an office. */
const MOST_OF_A_FAMILY = 12;
/** Patients of hospitals that are looked at to tell. */
const PATIENTS_AT_MOST = 200;

/** Of those among these accounts whose person is known. */
export const personsOfStaff = (sql: Sql, subjects: readonly string[]): Promise<PersonsOfStaff[]> =>
  sql.query(
    `SELECT l.account AS subject, me.persons AS own, coalesce(family.persons, '{}') AS relatives
     FROM staff_links l
     CROSS JOIN LATERAL (SELECT ARRAY(SELECT access_group(l.person_id)) AS persons) me
     CROSS JOIN LATERAL (
       SELECT array_agg(DISTINCT one) FILTER (WHERE one <> ALL (me.persons)) AS persons FROM (
         SELECT DISTINCT h.household FROM patient_persons p JOIN patient_households h USING (hospital, issuer, patient_id)
         WHERE p.person_id = ANY (me.persons)
       ) home
       CROSS JOIN LATERAL (
         SELECT array_agg(DISTINCT p.person_id) AS persons FROM (
           SELECT hospital, issuer, patient_id FROM patient_households WHERE household = home.household LIMIT ${PATIENTS_AT_MOST}
         ) living JOIN patient_persons p USING (hospital, issuer, patient_id)
         HAVING count(*) < ${PATIENTS_AT_MOST} AND count(DISTINCT p.person_id) <= ${MOST_OF_A_FAMILY}
       ) there
       CROSS JOIN LATERAL unnest(there.persons) AS lives
       CROSS JOIN LATERAL access_group(lives) AS one
     ) family
     WHERE l.account = ANY ($1) AND l.unlinked_at IS NULL AND l.persons <@ me.persons`,
    [subjects],
  );
