import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { filledDatabase } from '../testing/filled-database.js';
import { GatewayReportStore } from './gateway-report.store.js';
import { ownStudies } from './own-study.store.js';
import { requestedArrivals } from './requested-arrivals.js';
import { StudyRequestStore } from './study-request.store.js';

const FILL = [
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
     modalities, body_parts, state, arrived_at, updated_at)
   SELECT '1.2.' || n, 'H' || (n % 100), '', 'L' || n, '20261124', '', 'A' || n, '', '{CT}', '{}', 'complete', now(), now()
   FROM generate_series(1, 100000) n`,
  `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
   SELECT 'd' || n, '1.2.' || n, '1', 'H' || (n % 100), 1, 0, 0, 1, '{0}' FROM generate_series(1, 100000) n`,
  `INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason)
   SELECT '1.2.' || n, '1', 'H' || (n % 100), 'SAME_UID_OTHER_BYTES' FROM generate_series(1, 100000) n`,
  `INSERT INTO quarantined_instances (digest, place, sop_instance_uid, series_uid, study_uid, hospital, reason, data_set_sha256, case_id)
   SELECT 'd' || n, 0, '1.9.' || n, '1', '1.2.' || n, 'H' || (n % 100), 'SAME_UID_OTHER_BYTES', '', n
   FROM generate_series(1, 100000) n`,
  `INSERT INTO gateway_reports (day, hospital, reported_at, is_verified, exams, deadlines, studies, gaps)
   SELECT date '2024-01-01' + n / 100, 'H' || (n % 100), now(), true, '{}', '{}', 0, '[]' FROM generate_series(1, 100000) n`,
  `INSERT INTO study_requests (request_id, hospital, study_uid, state, requested_by, requested_at)
   SELECT gen_random_uuid(), 'H' || (n % 100), '1.2.' || n, 'fetched', 'adm', now() FROM generate_series(1, 100000) n`,
  'ANALYZE',
];

const WANTED = { hospital: 'H7', studyInstanceUid: null, accessionNumber: null };

/** Remembers what is asked, and answers nothing. */
class Asked implements Pick<Sql, 'query'> {
  text = '';
  values: readonly unknown[] = [];
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    [this.text, this.values] = [text, values];
    return [];
  }
}

describe('questions about completeness, among 100,000 studies and reports', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 240_000);
  afterAll(() => postgres.stop());

  it.each<[string, (sql: Sql) => Promise<unknown>]>([
    [
      'a gateway’s 500 studies',
      (sql) =>
        ownStudies(
          sql,
          'H7',
          Array.from({ length: 500 }, (_, n) => `1.2.${n}07`),
        ),
    ],
    [
      'what is here of 50 requests',
      (sql) =>
        requestedArrivals(sql, [
          ...Array.from({ length: 25 }, (_, n) => ({ ...WANTED, studyInstanceUid: `1.2.${n}07` })),
          ...Array.from({ length: 25 }, (_, n) => ({ ...WANTED, accessionNumber: `A${n}07` })),
        ]),
    ],
    ['the requests of a hospital', (sql) => new StudyRequestStore(sql).ofHospital('H7', 50)],
    ['the report of a day', (sql) => new GatewayReportStore(sql).find('H7', '2026-01-01')],
    ['the reports of a week', (sql) => new GatewayReportStore(sql).between('2026-01-01', '2026-01-07')],
  ])('read an index: %s', async (_, ask) => {
    const asked = new Asked();
    await ask(asked as unknown as Sql);
    const plan = await database.query(`EXPLAIN ${asked.text}`, [...asked.values]);
    expect(JSON.stringify(plan)).toMatch(/Index/);
    expect(JSON.stringify(plan)).not.toMatch(/Seq Scan/);
  });
});
