import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { ImagingStudyStore } from './imaging-study.store.js';

const STUDIES = 100_000;
const FILL = [
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description, modalities,
     body_parts, state, arrived_at, updated_at)
   SELECT '1.2.' || n, 'H001', '', 'L' || n, '20260101', '', '', '', ARRAY['CT'], ARRAY['CHEST'], 'complete', now(), now()
   FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO series (study_uid, series_uid, modality, series_number, description, body_part, series_date, series_time, instance_count)
   SELECT '1.2.' || n, '1.2.' || n || '.1', 'CT', '1', '', '', '', '', 1 FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO patients (hospital, issuer, local_id, person_id) SELECT 'H001', '', 'L' || n, 'P' || n FROM generate_series(1, ${STUDIES}) n`,
  'VACUUM ANALYZE studies, series, patients',
];

describe('what ImagingStudies ask among 100,000 studies', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 120_000);
  afterAll(() => postgres.stop());

  const page = Array.from({ length: 20 }, (_, at) => `1.2.${at * 4_000 + 1}`);

  it.each<[string, (store: ImagingStudyStore) => Promise<unknown>]>([
    ['when a page of studies changed', (store) => store.updated(page)],
    ['which series they have', (store) => store.series(page)],
    ['which studies have a series', (store) => store.ofSeries('1.2.4001.1')],
    ['whose number one is', (store) => store.personOf({ hospital: 'H001', issuer: '', id: 'L777' })],
  ])('%s reads an index', async (_, read) => {
    const plan = await explainedPlan(database, (sql) => read(new ImagingStudyStore(sql)));
    expect(plan).toMatch(/"Index Name":"[a-z_0-9]+_(pkey|series_uid_idx)"/);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
