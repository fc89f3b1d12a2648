import type { Sql } from '@yinglian/persistence';

export const HOSPITAL_COUNT = 128;
const STUDIES_OF_A_PERSON = 2.5;
const AT_ONCE = 200_000;

export const hospitalCode = (n: number) => `H${String(n).padStart(3, '0')}`;
export const personCode = (n: number) => `P${String(n).padStart(26, '0')}`;
export const personCount = (studies: number) => Math.round(studies / STUDIES_OF_A_PERSON);

/**
 * The index rows of so many studies, made in the registry's database: 2.5 of a person, six of seven of them in the person's own hospital,
 * hospitals from a tenth of everything to almost nothing, dates over three years, and their lists (ADR 0028). The same each time.
 */
export async function fillStudies(sql: Sql, studies: number): Promise<void> {
  for (let from = 1; from <= studies; from += AT_ONCE) {
    await sql.query(FILL, [from, Math.min(from + AT_ONCE - 1, studies), personCount(studies)]);
  }
  await sql.query(PATIENTS);
  // Each row comes from the studies themselves: looking every one of them up again would take an hour of ten million.
  await sql.query(
    `SET session_replication_role = replica; SET work_mem = '1GB'; ${LISTS}; RESET work_mem; RESET session_replication_role`,
  );
  for (const table of ['studies', 'treated_studies', 'patients']) await sql.query(`VACUUM ANALYZE ${table}`);
}

const part = (salt: number, mask: number) => `(hashint8(n * ${salt}) & ${mask})`;

const FILL = `
  INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number,
    study_id, description, referring_physician, institution, patient_name, name_alphabetic, name_ideographic, patient_birth_date,
    patient_sex, modalities, body_parts, series_count, instance_count, state, version, arrived_at, updated_at)
  SELECT '1.2.826.0.1.3680043.10.1561.9.' || n, 'H' || lpad(hospital::text, 3, '0'), '', 'L' || person,
    'P' || lpad(person::text, 26, '0'), to_char(date '2024-01-01' + ${part(1, 1023)}, 'YYYYMMDD'),
    to_char(time '07:00' + make_interval(secs => ${part(3, 65_535)} % 43200), 'HH24MISS'), 'A' || n, 'S' || n % 1000, '平扫', '王^医',
    '医院', 'Zhang^' || person || '=张^' || person, 'zhang^' || person, '张^' || person,
    (1930 + person % 90) || '0615', CASE WHEN person % 2 = 0 THEN 'F' ELSE 'M' END,
    ARRAY[(ARRAY['CT', 'CT', 'CT', 'DX', 'DX', 'DX', 'DX', 'US', 'MR', 'MG'])[${part(7, 1023)} % 10 + 1]], ARRAY['CHEST'],
    3, 300, 'complete', 4, now(), now()
  FROM generate_series($1::bigint, $2::bigint) n,
    LATERAL (SELECT (hashint8(n * 11) & 2147483647) % $3::int AS person) AS whose,
    LATERAL (SELECT CASE WHEN ${part(5, 1023)} % 7 = 0 THEN ${part(13, HOSPITAL_COUNT - 1)}
      ELSE (hashint4(person) & 1023) * (hashint4(person) & 1023) / 8192 END AS hospital) AS place`;

const PATIENTS = `
  INSERT INTO patients (hospital, issuer, local_id, person_id, link_version)
  SELECT DISTINCT hospital, patient_issuer, patient_id, person_id, 1 FROM studies WHERE person_id IS NOT NULL`;

const LISTS = `
  INSERT INTO treated_studies (study_uid, treating_hospital, listed_date, listed_time, listed_modalities)
  SELECT study_uid, treating.hospital, study_date, study_time, modalities
  FROM studies JOIN (SELECT DISTINCT person_id, hospital FROM studies) AS treating USING (person_id)`;
