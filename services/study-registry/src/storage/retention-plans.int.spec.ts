import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { RetentionStore } from './retention.store.js';
import { StudyVersionStore } from './study-version.store.js';

const STUDIES = 20_000;
const FILL = [
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number, description,
     modalities, body_parts, state, arrived_at, updated_at)
   SELECT '1.2.' || n, 'H' || n % 20, '', 'L' || n / 2, 'P' || n / 4, to_char(date '1990-01-01' + n, 'YYYYMMDD'), '', '', '', '{CT}', '{}',
     'complete', now(), now() FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO patients (hospital, issuer, local_id, person_id)
   SELECT DISTINCT 'H' || n % 20, '', 'L' || n / 2, 'P' || n / 4 FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO encounters (hospital, encounter_id, patient_issuer, patient_id, status, recorded_at, encounter_class)
   SELECT 'H' || n % 20, n, '', 'L' || n / 2, 'ended', date '1990-01-01' + n, 'outpatient' FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO study_changes (sequence, told_at, study_uid, hospital, kind, version, instances, changed_at)
   SELECT n, now(), '1.2.' || n / 4, 'H1', 'updated', n % 4 + 1, 1, now() FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out, study_version)
   SELECT 'd' || n, '1.2.' || n, '1.2.' || n || '.1', 'H1', 1, 2, 0, 0, '{}', 1 FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO study_decisions (study_uid, number, hospital, decision, note, decided_by, decided_by_name, decided_at, instances)
   SELECT '1.2.' || n, 1, 'H1', 'withdraw', '', '', '', now(), 1 FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason) SELECT '1.2.' || n, '1.2.' || n || '.1', 'H1', 'SAME_UID_OTHER_BYTES'
   FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO quarantined_instances (digest, place, sop_instance_uid, series_uid, study_uid, hospital, case_id, reason, data_set_sha256)
   SELECT digest, 0, study_uid || '.1.1', series_uid, study_uid, 'H1', case_id, 'SAME_UID_OTHER_BYTES', ''
   FROM packs JOIN quarantine_cases USING (study_uid, series_uid)`,
  `INSERT INTO quarantine_decisions (case_id, decision, decided_by, decided_by_name, decided_at, note)
   SELECT case_id, 'take', '', '', now(), '' FROM quarantine_cases`,
  `INSERT INTO left_out_before SELECT study_uid, digest, 2, '{}' FROM packs`,
  'VACUUM ANALYZE',
];

describe('among 20,000 studies', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 240_000);
  afterAll(() => postgres.stop());

  /** Rules and changes that have no number are few. */
  const withoutSmall = (plan: string) =>
    plan.replaceAll(/"Seq Scan"[^{}]*"Relation Name":"(retention_rules|untold_changes)"/g, '');

  it('a page of what is old enough reads the hospital’s oldest, and of each the visits of its patient', async () => {
    const page = { hospital: 'H7', today: '2026-11-30', limit: 101, after: null };
    expect((await new RetentionStore(database).aged(page)).length).toBe(101);
    for (const after of [null, { studyDate: '19950101', studyInstanceUid: '1.2.7' }]) {
      const plan = await explainedPlan(database, (sql) => new RetentionStore(sql).aged({ ...page, after }));
      // Each of the parts has its own name for it.
      expect(plan).toMatch(/"Index Name":"studies_\d_hospital_study_date_study_uid_idx"/);
      expect(withoutSmall(plan)).not.toMatch(/Seq Scan/);
    }
  });

  it('versions of a study are read by an index', async () => {
    const list = await explainedPlan(database, (sql) => new StudyVersionStore(sql).list('1.2.77', 0, 101));
    expect(list).toMatch(/"Index Name":"study_changes_of_study"/);
    expect(withoutSmall(list)).not.toMatch(/Seq Scan/);
    const since = await explainedPlan(database, (sql) => new StudyVersionStore(sql).keptSince('1.2.77'));
    expect(withoutSmall(since)).not.toMatch(/Seq Scan/);
  });
});
