import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { residentCodeOf } from '../domain/finding/resident-code.js';
import { personIdOf } from '../domain/person-id.js';
import { EnterNames } from '../enter-names/enter-names.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { residentIdOf } from '../testing/patient-index-service.js';
import { areSeparated } from './decision.store.js';
import { beginFirstFilling, putNextBack } from './first-filling.store.js';
import { NameStore } from './name.store.js';
import { namesAreMissing } from './names-to-enter.store.js';
import { holdersOf } from './number.store.js';
import { PatientNameStore } from './patient-name.store.js';

const [OWNER, BORROWER, NOBODY] = [1, 2, 3].map((n) => personIdOf(new Date(n), new Uint8Array(10))) as [
  string,
  string,
  string,
];
const residentId = residentIdOf(1);

describe('an index of before merges could be taken back', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations, 2);
    database = postgres.connect(url);
    const patient = (id: string, personId: string, rule: string) =>
      `('H001', '', '${id}', '${personId}', '${rule}', 1, now(), 1)`;
    await database.query(`
      INSERT INTO persons (person_id, resident_id, last_seen_at) VALUES
        ('${OWNER}', '${residentId}', now()), ('${BORROWER}', NULL, now()), ('${NOBODY}', NULL, now());
      INSERT INTO patients VALUES ${patient('A', OWNER, 'NEW_PERSON')}, ${patient('B', BORROWER, 'NEW_PERSON')},
        ${patient('C', OWNER, 'RESIDENT_ID')}, ${patient('D', NOBODY, 'NEW_PERSON')};
      INSERT INTO observations (hospital, issuer, local_id, version, name, sex, other_ids, resident_ids, study_uid, observed_at)
        SELECT hospital, issuer, local_id, 1, '{"alphabetic": "LI^NA", "charsetGuessed": false}', '', '[]',
          CASE WHEN local_id = 'D' THEN '{}' ELSE '{${residentId}}'::text[] END, '1.2', now() FROM patients;
      INSERT INTO conflicts (kind, hospital, issuer, local_id, resident_id, other_person_id, opened_at, decision, decided_by, decided_by_name,
        decided_at, note)
        VALUES ('SHARED_ID', 'H001', '', 'B', '${residentId}', '${OWNER}', now(), 'keep-apart', 'the.steward', 'Steward', now(), 'x')`);
    await migrate(url, patientIndexMigrations);
  });
  afterAll(() => postgres.stop());

  it('knows who holds which number, and that only their patients claim it', async () => {
    expect(await holdersOf(database, [`RESIDENT_ID ${residentId}`])).toEqual(
      new Map([[`RESIDENT_ID ${residentId}`, OWNER]]),
    );
    const numbers = await database.query(
      'SELECT local_id, claims FROM patient_numbers JOIN patients USING (patient_no) ORDER BY local_id',
    );
    expect(numbers).toEqual([
      { local_id: 'A', claims: true },
      { local_id: 'B', claims: false },
      { local_id: 'C', claims: true },
    ]);
  });

  it('goes on keeping apart whom a steward kept apart, which can be taken back now', async () => {
    expect(await areSeparated(database, [BORROWER], [OWNER])).toBe(true);
    expect(await areSeparated(database, [NOBODY], [OWNER])).toBe(false);
    expect(
      await database.query(
        `SELECT d.kind, d.made_by, d.note FROM conflicts c JOIN decisions d USING (decision_id) WHERE c.decision = 'keep-apart'`,
      ),
    ).toEqual([{ kind: 'keep-apart', made_by: 'the.steward', note: 'x' }]);
  });

  it('has everybody stand for themselves, under links that are told as before', async () => {
    expect(await database.query('SELECT count(*)::int AS others FROM persons WHERE survivor_id <> person_id')).toEqual([
      { others: 0 },
    ]);
    expect(
      await database.query('SELECT local_id, home_id, reason, link_version FROM patients ORDER BY local_id'),
    ).toEqual([
      { local_id: 'A', home_id: OWNER, reason: 'NEW_PERSON', link_version: 1 },
      { local_id: 'B', home_id: BORROWER, reason: 'NEW_PERSON', link_version: 1 },
      { local_id: 'C', home_id: OWNER, reason: 'STRONG_ID', link_version: 1 },
      { local_id: 'D', home_id: NOBODY, reason: 'NEW_PERSON', link_version: 1 },
    ]);
  });
});

describe('an index of before there were tables of names', () => {
  let postgres: TestPostgres;
  let database: Database;
  let url: string;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations, 3);
    database = postgres.connect(url);
    await database.query(`
      INSERT INTO persons (person_id, survivor_id, last_seen_at) SELECT 'P' || n, 'P' || n, now() FROM generate_series(1, 7) n;
      INSERT INTO patients (hospital, issuer, local_id, home_id, reason, link_version, linked_at, observation_version)
        SELECT 'H001', '', n::text, 'P' || n, 'NEW_PERSON', 1, now(), 1 FROM generate_series(1, 7) n;
      INSERT INTO observations (hospital, issuer, local_id, version, name, birth_date, sex, other_ids, numbers, study_uid, observed_at)
        SELECT 'H001', '', n::text, v, jsonb_build_object('alphabetic', CASE v WHEN 1 THEN '王^小雨' ELSE '王^大雨' END, 'charsetGuessed', false),
          CASE n WHEN 7 THEN NULL ELSE '19920317' END, '', '[]',
          CASE n WHEN 7 THEN '{RESIDENT_ID ${residentId}}'::text[] ELSE '{}' END, '1.2', now()
        FROM generate_series(1, 7) n, generate_series(1, 2) v`);
    await migrate(url, patientIndexMigrations);
  });
  afterAll(() => postgres.stop());

  const entered = () =>
    database.query(
      `SELECT local_id, birth_date, array_agg(spelling ORDER BY spelling COLLATE "C") AS names
       FROM patient_names JOIN names USING (name_id) JOIN patients USING (patient_no) GROUP BY 1, 2 ORDER BY 1, 2`,
    );

  it('enters its names bit by bit, goes on where it stopped, and says until then that some are missing', async () => {
    const enter = () => new EnterNames(new PatientNameStore(new NameStore()));
    expect(await database.transaction((tx) => enter().enterSome(tx, 3))).toBe(false);
    const failing = database.transaction(async (tx) => {
      await enter().enterSome(tx, 3);
      throw new Error('stopped');
    });
    await expect(failing).rejects.toThrow('stopped');
    expect([(await entered()).length, await namesAreMissing(database)]).toEqual([3, true]);
    const together = [1, 2, 3].map(() => database.transaction((tx) => enter().enterSome(tx, 3)));
    expect((await Promise.all(together)).filter((done) => !done)).toHaveLength(2);
    expect(await database.transaction((tx) => enter().enterSome(tx, 3))).toBe(true);
    expect(await namesAreMissing(database)).toBe(false);
    const names = ['王大雨', '王小雨'];
    expect(await entered()).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((n) => ({ local_id: String(n), birth_date: 19920317, names })),
      { local_id: '7', birth_date: 19800203, names },
    ]);
  });
});

describe('an index of before descriptions were found by the number of their patient', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations, 12);
    database = postgres.connect(url);
    await database.transaction(beginFirstFilling);
    await database.query(`
      INSERT INTO persons (person_id, survivor_id, last_seen_at) VALUES ('P1', 'P1', now());
      INSERT INTO patients (hospital, issuer, local_id, home_id, reason, link_version, linked_at, observation_version)
        SELECT 'H001', '', n::text, 'P1', 'NEW_PERSON', 1, now(), 2 FROM generate_series(1, 3) n;
      INSERT INTO observations (hospital, issuer, local_id, version, name, sex, other_ids, numbers, observed_at)
        SELECT 'H001', '', n::text, v, jsonb_build_object('alphabetic', n || ' of ' || v), '', '[]',
          CASE WHEN n = 1 THEN '{RESIDENT_ID ${residentId},PASSPORT:CHN E1}'::text[] WHEN n = 2 AND v = 2 THEN '{}'
               ELSE '{RESIDENT_ID ${residentId},RESIDENT_ID 110101199003070011}' END, now()
        FROM generate_series(1, 3) n, generate_series(1, 2) v;
      INSERT INTO patient_names (patient_no, name_id, birth_date, sound, surname)
        SELECT patient_no, 1, 19800203, 2, 3 FROM patients`);
    await migrate(url, patientIndexMigrations);
  });
  afterAll(() => postgres.stop());

  it('has them all, and tells patients apart by the one resident id of the newest', async () => {
    const described = await database.query<{ said: string }>(
      `SELECT local_id || ': ' || (name ->> 'alphabetic') AS said FROM observations JOIN patients USING (patient_no) ORDER BY 1`,
    );
    expect(described.map(({ said }) => said)).toEqual([1, 2, 3].flatMap((n) => [`${n}: ${n} of 1`, `${n}: ${n} of 2`]));
    const codes = await database.query(
      'SELECT local_id, resident_code FROM patient_names JOIN patients USING (patient_no) ORDER BY 1',
    );
    expect(codes).toEqual([
      { local_id: '1', resident_code: residentCodeOf([residentId]) },
      { local_id: '2', resident_code: 0 },
      { local_id: '3', resident_code: 0 },
    ]);
  });

  it('goes on with a filling that was begun, and makes the indexes and references of today when it ends', async () => {
    while ((await putNextBack(database)) !== undefined);
    const indexes = await database.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE indexname IN ('patient_names_by_sound', 'patient_names_by_birth_date')`,
    );
    expect(indexes.map(({ indexdef }) => indexdef.endsWith(' INCLUDE (resident_code)'))).toEqual([true, true]);
    const references = await database.query(
      `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE contype = 'f' AND conrelid = 'observations'::regclass`,
    );
    expect(references).toEqual([
      { name: 'observations_patient_no_fkey', definition: 'FOREIGN KEY (patient_no) REFERENCES patients(patient_no)' },
    ]);
  });
});
