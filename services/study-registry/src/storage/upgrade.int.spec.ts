import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { PackStore } from './pack.store.js';
import { QuarantineStore } from './quarantine.store.js';

const BEFORE_PARTS = 10;
const TABLES = ['studies', 'series', 'packs', 'quarantined_instances', 'quarantine_cases'];

let postgres: TestPostgres;
let database: Database;
let before: unknown[];
const rows = () =>
  Promise.all(
    TABLES.map((table) => database.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`)),
  );

beforeAll(async () => {
  postgres = await TestPostgres.start();
  const url = await postgres.createDatabase();
  await migrate(url, studyRegistryMigrations, BEFORE_PARTS);
  database = postgres.connect(url);
  const study = (uid: string, hospital: string, person: string) =>
    `('${uid}', '${hospital}', '', 'L', ${person}, '20260101', '', 'A', 'x', '{CT}', '{}', 'arriving', now(), now())`;
  await database.query(`
    INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number,
      description, modalities, body_parts, state, arrived_at, updated_at)
    VALUES ${study('1.1', 'H001', `'P'`)}, ${study('1.2', 'H002', `'P'`)}, ${study('1.3', 'H003', 'NULL')};
    UPDATE studies SET contents_digest = NULL WHERE study_uid = '1.3';
    INSERT INTO series VALUES ('1.1', '1.1.1', 'CT', '1', '', '', '', '', 2);
    INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
    VALUES ('aa', '1.1', '1.1.1', 'H001', 7, 2, 0, 0, '{}'), ('bb', '1.1', '1.1.1', 'H001', 7, 0, 0, 1, '{0}');
    INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason, instances)
    VALUES ('1.1', '1.1.1', 'H001', 'SAME_UID_OTHER_BYTES', 1);
    INSERT INTO quarantined_instances (digest, place, sop_instance_uid, series_uid, study_uid, hospital, reason,
      data_set_sha256, case_id, displaced_digest, displaced_place, displaced_sha256)
    VALUES ('bb', 0, '1.1.1.1', '1.1.1', '1.1', 'H001', 'SAME_UID_OTHER_BYTES', 'b', 1, 'aa', 0, 'a')`);
  before = await rows();
  await migrate(url, studyRegistryMigrations);
}, 60_000);
afterAll(() => postgres.stop());

it('a registry of before its tables were parted keeps every row', async () => {
  expect(await rows()).toMatchObject(before);
  expect(await new QuarantineStore(database).versions('1')).toEqual([
    expect.objectContaining({ digest: 'bb', displaced: expect.objectContaining({ digest: 'aa' }) }),
  ]);
});

it('goes on counting packs where it was', async () => {
  await new PackStore(database).add({
    digest: 'cc',
    studyUid: '1.1',
    seriesUid: '1.1.1',
    hospital: 'H001',
    sizeBytes: 1,
    stored: 1,
    duplicates: 0,
    quarantined: 0,
    studyVersion: 1,
    leftOut: [],
    atHospital: false,
  });
  expect(await database.query('SELECT digest, sequence::int FROM packs ORDER BY sequence')).toEqual([
    { digest: 'aa', sequence: 1 },
    { digest: 'bb', sequence: 2 },
    { digest: 'cc', sequence: 3 },
  ]);
});

it('has the list of each hospital', async () => {
  const listed = await database.query('SELECT study_uid, treating_hospital FROM treated_studies ORDER BY 1, 2');
  expect(listed.map((row) => Object.values(row))).toEqual([
    ['1.1', 'H001'],
    ['1.1', 'H002'],
    ['1.2', 'H001'],
    ['1.2', 'H002'],
    ['1.3', 'H003'],
  ]);
});
