import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { PackStore } from './pack.store.js';
import { RegisteredStudyStore, type StudyNumber } from './registered-study.store.js';
import { StudyStore } from './study.store.js';
import { StudyDecisionStore } from './study-decision.store.js';
import { WithdrawalStore } from './withdrawal.store.js';

const STUDIES = 20_000;
const FILL = [
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
     modalities, body_parts, state, arrived_at, updated_at, instance_count)
   SELECT '1.2.' || n, 'H' || n % 50, '', 'L' || n, '20260101', '', 'A' || n, '', '{CT}', '{}', 'complete', now(), now(), 2
   FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO study_decisions (study_uid, number, hospital, decision, reason, note, decided_by, decided_by_name, decided_at, instances)
   SELECT '1.2.' || n, m, 'H' || n % 50, CASE m WHEN 1 THEN 'withdraw' ELSE 'restore' END, '', 'x', 's', 's',
     timestamptz '2026-01-01' + (n * 2 + m) * interval '1 second', 1
   FROM generate_series(1, ${STUDIES}) n, generate_series(1, 2) m`,
  `INSERT INTO withdrawn_instances SELECT '1.2.' || n, '1.2.' || n || '.1', '1.2.' || n || '.1.1' FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO series (study_uid, series_uid, modality, series_number, description, body_part, series_date, series_time, instance_count)
   SELECT '1.2.' || n, '1.2.' || n || '.1', 'CT', '1', '', '', '', '', 2 FROM generate_series(1, ${STUDIES}) n`,
  `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
   SELECT 'd' || n, '1.2.' || n, '1.2.' || n || '.1', 'H1', 1, 2, 0, 0, '{}' FROM generate_series(1, ${STUDIES}) n`,
  'VACUUM ANALYZE',
];

describe('among 40,000 decisions', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 120_000);
  afterAll(() => postgres.stop());

  const after = { decidedAt: '2026-01-01T05:00:00.000Z', studyInstanceUid: '1.2.9', number: 1 };
  const page = { hospital: null, decision: null, limit: 21, after: null };
  it.each<[string, (store: StudyDecisionStore) => Promise<unknown>]>([
    ['the newest', (store) => store.list(page)],
    ['the newest of a hospital', (store) => store.list({ ...page, hospital: 'H7', decision: 'withdraw' })],
    ['a further page', (store) => store.list({ ...page, after })],
    ['a further page of a hospital', (store) => store.list({ ...page, hospital: 'H7', after })],
    ['those of a study', (store) => store.of('1.2.77')],
    ['the withdrawal of a study', (store) => store.lastWithdrawal('1.2.77')],
  ])('%s are read by an index', async (_, read) => {
    const plan = await explainedPlan(database, (sql) => read(new StudyDecisionStore(sql)));
    expect(plan).toMatch(/"Index Name":"study_decisions_/);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it.each<[StudyNumber, value: string]>([
    ['studyInstanceUid', '1.2.77'],
    ['accessionNumber', 'A77'],
    ['patientId', 'L77'],
  ])('what is registered is found by %s through an index', async (by, value) => {
    for (const hospital of [null, 'H27']) {
      const find = (sql: Sql) => new RegisteredStudyStore(sql).find({ by, value, hospital, limit: 51 });
      expect(await find(database)).toMatchObject([{ studyInstanceUid: '1.2.77' }]);
      expect(await explainedPlan(database, find)).not.toMatch(/Seq Scan/);
    }
    expect(await explainedPlan(database, (sql) => new RegisteredStudyStore(sql).seriesOf('1.2.77'))).not.toMatch(
      /Seq Scan/,
    );
  });

  it('what is shown of a study costs look-ups only', async () => {
    for (const read of [
      (store: PackStore) => store.shown('1.2.77'),
      (store: PackStore) => store.shown('1.2.77', '1.2.77.1'),
    ])
      expect(await explainedPlan(database, (sql) => read(new PackStore(sql)))).not.toMatch(/Seq Scan/);
    for (const series of [undefined, '1.2.77.1'])
      expect(await explainedPlan(database, (sql) => new StudyStore(sql).findOpened('1.2.77', series))).not.toMatch(
        /Seq Scan/,
      );
    expect(await explainedPlan(database, (sql) => new WithdrawalStore(sql).instances('1.2.77'))).not.toMatch(
      /Seq Scan/,
    );
  });
});
