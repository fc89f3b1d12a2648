import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { personIdOf } from '../domain/person-id.js';
import { readName } from '../domain/person-name.js';
import { keys, nameKeys, patientKeys, typedNameKeys } from '../domain/search-keys.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { residentIdOf } from '../testing/patient-index-service.js';
import { findPersonIds, type PersonQuery, personSearchSql } from './person-search.store.js';

const PERSONS = 200_000;
const BATCH = 5_000;
// The most frequent surnames come most often, as they do.
const SURNAMES = [
  ...'王王王王李李李李张张张刘刘陈陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
];
const GIVEN = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂雨晨浩宇轩子涵欣怡梓佳'];

describe('a search among 200,000 persons', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations);
    database = postgres.connect(url);
    for (let start = 0; start < PERSONS; start += BATCH) await insert(start);
    await database.query('VACUUM ANALYZE persons');
    await database.query('VACUUM ANALYZE patients');
    await database.query('VACUUM ANALYZE patient_numbers');
  }, 240_000);
  afterAll(() => postgres.stop());

  async function insert(start: number) {
    const rows = Array.from({ length: BATCH }, (_, offset) => personAt(start + offset));
    await database.query(
      `INSERT INTO persons (person_id, survivor_id, search_keys, last_seen_at)
       SELECT person->>'id', person->>'id', ARRAY(SELECT jsonb_array_elements_text(person->'keys')), now()
       FROM jsonb_array_elements($1) person`,
      [JSON.stringify(rows)],
    );
    await database.query(
      `WITH added AS (
         INSERT INTO patients (hospital, issuer, local_id, home_id, reason, link_version, linked_at, observation_version)
         SELECT person->>'hospital', '', person->>'localId', person->>'id', 'NEW_PERSON', 1, now(), 1
         FROM jsonb_array_elements($1) person RETURNING patient_no, home_id
       )
       INSERT INTO patient_numbers (number, patient_no, claims)
       SELECT 'RESIDENT_ID ' || (person->>'residentId'), patient_no, true
       FROM jsonb_array_elements($1) person JOIN added ON home_id = person->>'id'`,
      [JSON.stringify(rows)],
    );
  }

  const typed = (name: string, every: string[] = []): PersonQuery => {
    const found = typedNameKeys(name);
    return { every: [...every, ...(found?.every ?? [])], any: found?.any ?? [] };
  };

  it.each<[string, PersonQuery]>([
    ['id number', { every: [keys.residentId(residentAt(777))], any: [] }],
    ['Chinese name', typed('王秀英')],
    ['part of a Chinese name', typed('秀英')],
    ['full pinyin', typed('wang xiuying')],
    ['pinyin turned', typed('xiuying wang')],
    ['initials', typed('wxy')],
    ['a frequent surname', typed('王')],
    ['birth date', { every: [keys.birthDate('19800203')], any: [] }],
    ["a hospital's own id", { every: [keys.localId('L12345', 'H001')], any: [] }],
    ['an own id of any hospital', { every: [keys.localId('L12345')], any: [] }],
    ['name and birth date', typed('wang', [keys.birthDate('19800203')])],
    ['a name that nobody has', typed('欧阳娜娜')],
    ['letters that nobody has', typed('qqqqqq')],
  ])('by %s reads an index', async (_, query) => {
    const { text, values } = personSearchSql(query, '', 21);
    const [row] = await database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
    const plan = JSON.stringify(row?.['QUERY PLAN']);
    expect(plan).toMatch(/"Index Name":"(persons_search_keys|persons_pkey)"/);
    expect(plan).not.toMatch(/Seq Scan/);
    expect((await findPersonIds(database, query, '', 21)).length).toBeLessThanOrEqual(21);
  });

  it('by an id number reads the index of keys, not everybody', async () => {
    const { text, values } = personSearchSql({ every: [keys.residentId(residentAt(777))], any: [] }, '', 21);
    const plan = await database.query(`EXPLAIN ${text}`, values);
    expect(JSON.stringify(plan)).toMatch(/Bitmap Index Scan on persons_search_keys/);
    expect(await findPersonIds(database, { every: [keys.residentId(residentAt(777))], any: [] }, '', 21)).toEqual([
      personAt(777).id,
    ]);
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

/** 19 days of birth, each with its own district, so that all ids differ. */
function residentAt(n: number): string {
  const id = residentIdOf(n, birthDateAt(n));
  return `${String(100_000 + Math.floor(n / 1000))}${id.slice(6)}`;
}

function birthDateAt(n: number): string {
  return `19${String(50 + (n % 50))}${String((n % 12) + 1).padStart(2, '0')}${String((n % 28) + 1).padStart(2, '0')}`;
}

function personAt(n: number) {
  const pick = (from: readonly string[], seed: number) =>
    from[Math.abs(Math.imul(seed + 1, 2_654_435_761) >> 7) % from.length] ?? '';
  const name = pick(SURNAMES, n) + pick(GIVEN, n * 3 + 1) + (n % 4 === 0 ? '' : pick(GIVEN, n * 7 + 2));
  const [hospital, localId, birthDate] = [`H00${(n % 3) + 1}`, `L${n}`, birthDateAt(n)];
  const residentId = residentAt(n);
  return {
    id: personIdOf(new Date(1_700_000_000_000 + n), new Uint8Array(10)),
    residentId,
    hospital,
    localId,
    keys: [
      ...nameKeys(readName({ alphabetic: name })),
      ...patientKeys({ hospital, issuer: '', id: localId }),
      keys.residentId(residentId),
      keys.birthDate(birthDate),
    ],
  };
}
