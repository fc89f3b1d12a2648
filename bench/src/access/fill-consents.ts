import type { Sql } from '@yinglian/persistence';

const AT_ONCE = 1_000_000;

export const DOCTOR = 'dr.bench';
export const hospitalOf = (n: number) => `H${String(n % 128).padStart(3, '0')}`;
export const personOf = (n: number) => `P${String(n).padStart(26, '0')}`;
export const studyOf = (n: number) => `1.2.826.0.1.3680043.10.1561.8.${n}`;

/** Why the clinician of the person's hospital may open what others made of them, by the last figure of the person's number. */
export const BASES: ReadonlyMap<number, string> = new Map([
  [0, 'VISIT'],
  [1, 'ORDERED_EXAM'],
  [2, 'REFERRAL'],
  [3, 'TREATING_HOSPITAL'],
  [5, 'DECLARED_RELATIONSHIP'],
]);

const H = `'H' || lpad((n % 128)::text, 3, '0')`;
const P = `'P' || lpad(n::text, 26, '0')`;
const OF = 'FROM generate_series($1::bigint, $2::bigint) n';

const ROWS = [
  `INSERT INTO patients (hospital, issuer, local_id, person_id, link_version) SELECT ${H}, '', 'L' || n, ${P}, 1 ${OF}`,
  // Half of them taken back, half about a study that nobody asks for.
  `INSERT INTO access_objections (consent_id, person_id, study_uid, withdrawn_at, granted_at)
   SELECT gen_random_uuid(), ${P}, CASE WHEN n % 2 = 0 THEN '1.3.' || n END, now(), CASE WHEN n % 2 = 1 THEN now() END ${OF}`,
  `INSERT INTO encounters (hospital, encounter_id, patient_issuer, patient_id, status, recorded_at, encounter_class, looked_at)
   SELECT ${H}, 'V' || n, '', 'L' || n, 'active', now(), 'inpatient', now() ${OF} WHERE n % 10 = 0`,
  `INSERT INTO ordered_exams (hospital, order_number, patient_issuer, patient_id, modality, regions, is_cancelled, recorded_at)
   SELECT ${H}, 'O' || n, '', 'L' || n, 'CT', '{CHEST}', false, now() ${OF} WHERE n % 10 = 1`,
  `INSERT INTO referrals (hospital, referral_id, referred_to, patient_issuer, patient_id, status, recorded_at)
   SELECT ${H}, 'R' || n, ${H}, '', 'L' || n, 'active', now() ${OF} WHERE n % 10 = 2`,
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number,
     description, modalities, body_parts, state, arrived_at, updated_at)
   SELECT '1.4.' || n, ${H}, '', 'L' || n, ${P}, to_char(now(), 'YYYYMMDD'), '', '', '', '{CT}', '{CHEST}', 'complete', now(), now()
   ${OF} WHERE n % 10 = 3`,
  `INSERT INTO access_relationships (relationship_id, person_id, subject, expires_at)
   SELECT gen_random_uuid(), ${P}, '${DOCTOR}', now() + interval '1 day' ${OF} WHERE n % 10 = 5`,
];
export const TABLES = [
  'patients',
  'access_objections',
  'encounters',
  'ordered_exams',
  'referrals',
  'studies',
  'access_relationships',
];

/** One consent of each of so many persons; each tenth person is visiting, has an order, a referral, a study, a declared relationship. */
export async function fillConsents(sql: Sql, persons: number): Promise<void> {
  await sql.query('SET session_replication_role = replica');
  for (const rows of ROWS)
    for (let from = 0; from < persons; from += AT_ONCE)
      await sql.query(rows, [from, Math.min(from + AT_ONCE, persons) - 1]);
  await sql.query('RESET session_replication_role');
  for (const table of TABLES) await sql.query(`VACUUM ANALYZE ${table}`);
  await sql.query('CHECKPOINT');
}
