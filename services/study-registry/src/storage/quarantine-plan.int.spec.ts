import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { filledDatabase } from '../testing/filled-database.js';
import { QuarantineStore } from './quarantine.store.js';
import { type CasePage, listCasesSql } from './quarantine-list.js';
import { RECEIVED_SQL } from './received-counts.js';

const BEFORE = '20261124163000000_study_registry.sql';
const STUDY = `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number,
    description, modalities, body_parts, state, arrived_at, updated_at)
  SELECT '1.2.' || n, 'H001', '', 'L' || n, '20260101', '', '', '', '{}', '{}', 'complete', now(), now() FROM generate_series(1, $1) n`;
const PACKS = `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out, committed_at)
  SELECT 'd' || n, '1.2.' || (n % 1000 + 1), '1.2.' || n, 'H' || (n % 50), 1, 1, 0, 0, '{}', now() - n * interval '1 minute'
  FROM generate_series(1, $1) n`;

describe('quarantine in PostgreSQL', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([]));
    await database.query(STUDY, [100_000]);
    await database.query(PACKS, [100_000]);
    await database.query(
      `INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason, state)
       SELECT '1.2.' || n, '1.2.' || n, 'H' || (n % 700), 'SAME_UID_OTHER_BYTES',
         (ARRAY['open', 'kept', 'taken'])[n % 3 + 1] FROM generate_series(1, 100000) n`,
    );
    await database.query('VACUUM ANALYZE quarantine_cases, studies, packs');
  }, 120_000);
  afterAll(() => postgres.stop());

  const planOf = async (text: string, values: readonly unknown[]) => {
    const [row] = await database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
    return JSON.stringify(row?.['QUERY PLAN']);
  };

  it.each<[string, Partial<CasePage>]>([
    ['open', {}],
    ['open after a page', { after: '50000' }],
    ['open of a hospital', { hospital: 'H7' }],
    ['open of a reason', { reason: 'SAME_UID_OTHER_BYTES' }],
    ['decided', { state: 'decided', after: '50000' }],
    ['decided of a hospital', { state: 'decided', hospital: 'H7' }],
  ])('cases among 100,000 that are %s are read by an index, a page of them', async (_, asked) => {
    const page: CasePage = { state: 'open', hospital: null, reason: null, limit: 21, after: null, ...asked };
    const { text, values } = listCasesSql(page);
    const plan = await planOf(text, values);
    expect(plan).toMatch(/"Index Name":"quarantine_cases_/);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it('counts of a hospital’s week among 100,000 packs are summed from the index', async () => {
    const plan = await planOf(RECEIVED_SQL, ['H7', new Date(Date.now() - 7 * 24 * 3_600_000)]);
    expect(plan).toMatch(/"Index Name":"packs_\d_hospital_committed_at/);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it('what was quarantined before there were cases is found in one for each series and reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-migrations-'));
    try {
      await cp(new URL(BEFORE, studyRegistryMigrations.folder), join(folder, BEFORE));
      const url = await postgres.createDatabase();
      await migrate(url, { ...studyRegistryMigrations, folder: pathToFileURL(`${folder}/`) });
      const before = postgres.connect(url);
      await before.query(STUDY, [1]);
      await before.query(
        `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
         VALUES ('d', '1.2.1', '1.2.1.1', 'H001', 1, 0, 0, 3, '{0,1,2}')`,
      );
      await before.query(
        `INSERT INTO quarantined_instances (digest, place, sop_instance_uid, series_uid, study_uid, hospital, reason, data_set_sha256)
         SELECT 'd', n, '1.2.1.1.' || n, '1.2.1.1', '1.2.1', 'H001',
           CASE WHEN n < 2 THEN 'SAME_UID_OTHER_BYTES' ELSE 'STUDY_OF_ANOTHER_HOSPITAL' END, 'x' FROM generate_series(0, 2) n`,
      );
      await migrate(url, studyRegistryMigrations);
      const cases = await before.query<{ case_id: string; reason: string; instances: number }>(
        'SELECT case_id, reason, instances FROM quarantine_cases ORDER BY reason',
      );
      expect(cases.map(({ reason, instances }) => [reason, instances])).toEqual([
        ['SAME_UID_OTHER_BYTES', 2],
        ['STUDY_OF_ANOTHER_HOSPITAL', 1],
      ]);
      const versions = await new QuarantineStore(before).versions(cases[0]?.case_id ?? '');
      expect(versions.map(({ place, displaced }) => [place, displaced])).toEqual([
        [0, null],
        [1, null],
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
