import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@yinglian/persistence';
import { Explained, TestPostgres } from '@yinglian/testing';
import type { AskedRecord } from '../domain/finding/asked-record.js';
import { readName } from '../domain/person-name.js';
import { chooseWalk } from '../find-persons/choose-walk.js';
import { pageOfPersons } from '../find-persons/page-of-persons.js';
import { readQuery } from '../find-persons/person-query.js';
import { PersonSearch } from '../find-persons/person-search.js';
import { presentPersons } from '../find-persons/present-persons.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { addManyPatients, manyPatientAt } from '../testing/many-patients.js';
import { candidatesOf } from './candidate.store.js';
import { recordsOf } from './candidate-record.store.js';
import { looseCandidatesOf } from './loose-candidate.store.js';
import { NameStore } from './name.store.js';
import { countNames, NameCountStore } from './name-count.store.js';
import { PatientNameStore } from './patient-name.store.js';
import { survivorsOfPatients } from './patient-survivor.store.js';
import { STARTS } from './person-walk.store.js';

const PERSONS = 200_000;
const BATCH = 5_000;
const NOW = new Date('2026-11-29T00:00:00Z');

describe('among 200,000 persons', () => {
  let postgres: TestPostgres;
  let database: Database;
  let url: string;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations);
    database = postgres.connect(url);
    const patientNames = new PatientNameStore(new NameStore());
    for (let start = 0; start < PERSONS; start += BATCH) {
      await addManyPatients(database, patientNames, start, BATCH);
    }
    for (const table of [
      'persons',
      'patients',
      'patient_numbers',
      'patient_names',
      'names',
      'sound_aliases',
      'name_holders',
    ]) {
      await database.query(`VACUUM ANALYZE ${table}`);
    }
    const counted = () => database.transaction((tx) => countNames(tx, NOW, new Date(NOW.getTime() - 1)));
    expect([await counted(), await counted()]).toEqual([true, false]);
  }, 240_000);
  afterAll(() => postgres.stop());

  async function search(body: object, on?: Database) {
    const { cursor: _, ...asked } = PersonSearch.parse(body);
    const query = readQuery(asked, NOW);
    if (!query.ok) throw new Error('The search is refused');
    const explained = new Explained(database);
    const sql = on ?? explained;
    const walk = await chooseWalk(sql, query.value, null);
    if (walk === null) return { explained, personIds: [] };
    const page = await pageOfPersons(sql, query.value, walk, STARTS[walk.along], asked.limit);
    return { explained, personIds: page.personIds };
  }

  const one = manyPatientAt(777);

  it.each<[string, object, number]>([
    ['an id number', { idNumber: one.residentId }, 20],
    ["a hospital's own id", { localId: one.localId, hospital: one.hospital }, 20],
    ['an own id of any hospital', { localId: one.localId }, 20],
    ['a Chinese name and a birth date', { name: one.pn, birthDate: one.birthDate }, 1_000],
    ['pinyin and a birth date', { name: 'wang', birthDate: one.birthDate }, 7_000],
    ['a frequent name and birth date', { name: '张伟', birthDate: '19900101' }, 1_500],
    ['a frequent surname and birth date', { name: '王', birthDate: '19900101' }, 9_000],
    ['a rare name and a frequent birth date', { name: '欧阳', birthDate: '19900101' }, 1_000],
    ['a birth date', { birthDate: '19800203' }, 1_500],
    ['a Chinese name', { name: '王秀英' }, 1_500],
    ['part of a Chinese name', { name: '秀英' }, 2_500],
    ['pinyin', { name: 'wang xiuying' }, 2_500],
    ['pinyin turned', { name: 'xiuying wang' }, 2_500],
    ['initials', { name: 'wxy' }, 5_000],
    ['a frequent surname', { name: '王' }, 7_000],
    ['a frequent name of one hospital', { name: '张伟', hospital: 'H002' }, 2_500],
    ['a name that nobody has', { name: '欧阳娜娜' }, 10],
    ['letters that nobody has', { name: 'qqqqqq' }, 10],
  ])('a search by %s goes along indexes, over few rows', async (_, body, most) => {
    const { explained } = await search(body);
    expect(explained.scanned).toEqual([]);
    expect(explained.rowsRead).toBeLessThanOrEqual(most);
  });

  it('finds by each key whom it looks for', async () => {
    for (const body of [
      { idNumber: one.residentId },
      { localId: one.localId },
      { name: one.pn, birthDate: one.birthDate },
    ]) {
      expect((await search(body)).personIds).toContain(one.personId);
    }
  });

  const askedAs = ({ pn, birthDate, residentId, phone }: ReturnType<typeof manyPatientAt>): AskedRecord => ({
    name: readName({ alphabetic: pn }),
    birthDate,
    ids: [{ system: 'RESIDENT_ID', value: residentId, strength: 'strong' }],
    phones: [phone],
  });

  it.each<[string, AskedRecord, number]>([
    ['somebody', askedAs(one), 500],
    [
      'somebody of a frequent name, birth date and phone',
      { ...askedAs(manyPatientAt(0)), name: readName({ alphabetic: '张^伟' }) },
      900,
    ],
    ['somebody of an unknown birth date', { ...askedAs(one), birthDate: null }, 300],
    ['a name in letters', { ...askedAs(one), name: readName({ alphabetic: 'ZHANG^WEI' }) }, 900],
    ['nobody', { name: readName({ alphabetic: '' }), birthDate: null, ids: [], phones: [] }, 0],
  ])('candidates for %s are few, found along indexes over few rows', async (_, asked, most) => {
    const explained = new Explained(database);
    const [found] = await candidatesOf(explained, [asked]);
    expect(found?.length).toBeLessThanOrEqual(50);
    expect(explained.scanned).toEqual([]);
    expect(explained.rowsRead).toBeLessThanOrEqual(most);
  });

  it('candidates of whom little is alike are found along indexes over few rows', async () => {
    const explained = new Explained(database);
    await looseCandidatesOf(explained, askedAs(manyPatientAt(777)));
    expect(explained.scanned).toEqual([]);
    expect(explained.rowsRead).toBeLessThanOrEqual(900);
  });

  it('candidates of a batch are those of each', async () => {
    const asked = [1, 777, 1_234, 50_007].map((n) => askedAs(manyPatientAt(n)));
    const each = await Promise.all(asked.map(async (record) => (await candidatesOf(database, [record]))[0]));
    const together = await candidatesOf(database, asked);
    expect(together.map((found) => found.length)).toEqual(each.map((found) => found?.length));
    for (const [at, n] of [1, 777, 1_234, 50_007].entries()) expect(together[at]?.[0]).toBe(String(n + 1));
  });

  it('the newest descriptions of candidates are read along indexes', async () => {
    const explained = new Explained(database);
    const records = await recordsOf(explained, ['1', '778', '999999999'], '20261129');
    const described = [0, 777].map((n) => ({ han: [manyPatientAt(n).pn], birthDate: manyPatientAt(n).birthDate }));
    expect([...records.values()].map(({ name, birthDate }) => ({ han: name.han, birthDate }))).toEqual(described);
    expect([explained.scanned, explained.rowsRead]).toEqual([[], 4]);
  });

  it('knows how frequent names are', async () => {
    const store = new NameCountStore();
    const terms = [
      { field: 'hanName', term: '张伟' },
      { field: 'spelledName', term: 'zhangwei' },
      { field: 'hanName', term: '欧阳娜娜' },
      { field: 'birthDate', term: '19900101' },
    ];
    const frequencyOf = await store.frequenciesOf(database, terms, NOW);
    const [counted] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM patient_names JOIN names USING (name_id) WHERE spelling = '张伟'`,
    );
    expect(frequencyOf('hanName', '张伟')).toBeCloseTo((counted?.n ?? 0) / PERSONS, 6);
    expect(frequencyOf('spelledName', 'zhangwei')).toBeGreaterThanOrEqual(frequencyOf('hanName', '张伟') ?? 1);
    expect([frequencyOf('hanName', '欧阳娜娜'), frequencyOf('birthDate', '19900101')]).toEqual([undefined, undefined]);
  });

  it('what is asked for each request is planned once, and not for each', async () => {
    const connection = new Database({ url, applicationName: 'plans', maxConnections: 1 });
    const bodies = [{ idNumber: one.residentId }, { localId: one.localId }, { name: one.pn, birthDate: one.birthDate }];
    try {
      for (let time = 0; time < 10; time += 1) {
        for (const body of bodies) {
          const { personIds } = await search(body, connection);
          await presentPersons(connection, personIds);
        }
        const asked = askedAs(manyPatientAt(time * 777));
        const [candidates = []] = await candidatesOf(connection, [asked]);
        await looseCandidatesOf(connection, asked);
        await recordsOf(connection, candidates, '20261129');
        await survivorsOfPatients(connection, candidates);
        await new NameCountStore().frequenciesOf(connection, [{ field: 'hanName', term: one.pn }], NOW);
      }
      const plans = await connection.query<{ name: string; planned: number }>(
        'SELECT name, custom_plans::int AS planned FROM pg_prepared_statements ORDER BY name',
      );
      expect(plans.length).toBeGreaterThanOrEqual(10);
      // PostgreSQL tries five before it keeps one.
      expect(plans.filter(({ planned }) => planned > 5)).toEqual([]);
    } finally {
      await connection.close();
    }
  });

  it.each([
    [
      'the holder of a number',
      'SELECT * FROM patient_numbers WHERE number = ANY ($1) AND claims',
      'patient_numbers_pkey',
    ],
    ["a person's patients", 'SELECT * FROM patients WHERE home_id = ANY ($1)', 'patients_of_home'],
  ])('for %s reads its index', async (_, text, name) => {
    expect(JSON.stringify(await database.query(`EXPLAIN ${text}`, [['x']]))).toMatch(name);
  });
});
