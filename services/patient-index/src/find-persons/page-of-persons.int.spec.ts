import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import fc from 'fast-check';
import { readName } from '../domain/person-name.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { NameStore } from '../storage/name.store.js';
import { keepNumbers } from '../storage/number.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';
import { residentIdOf } from '../testing/patient-index-service.js';
import { PersonSearch } from './person-search.js';
import { SearchPersonsHandler } from './search-persons.handler.js';

const NAMES = ['王小雨', '王雨', '李小雨', '王小雨 WANG^XIAOYU', 'XIAOYU^WANG'];
const DATES = ['19900101', '19900102', ''];
const RESIDENT_IDS = [residentIdOf(1), residentIdOf(2)];
const NUMBERS = [...RESIDENT_IDS, ''];
const HOSPITALS = ['H001', 'H002'];
const LOCAL_IDS = ['1', '2', '3'];
const NOW = new Date('2026-11-29T00:00:00Z');

interface Patient {
  readonly person: number;
  readonly names: readonly string[];
  readonly dates: readonly string[];
  readonly number: string;
  readonly hospital: string;
  readonly localId: string;
}

describe('pages of a search', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations);
    database = postgres.connect(url);
  });
  afterAll(() => postgres.stop());

  const patients = fc.array(
    fc.record({
      person: fc.integer({ min: 0, max: 7 }),
      names: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
      dates: fc.uniqueArray(fc.constantFrom(...DATES), { minLength: 1, maxLength: 2 }),
      number: fc.constantFrom(...NUMBERS),
      hospital: fc.constantFrom(...HOSPITALS),
      localId: fc.constantFrom(...LOCAL_IDS),
    }),
    { minLength: 4, maxLength: 16 },
  );
  // Each person stands for itself or under a lower one that does.
  const survivors = fc
    .array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 })
    .map((under) => under.map((other, person) => (other < person && (under[other] ?? 0) >= other ? other : person)));
  const searches = fc
    .record(
      {
        name: fc.constantFrom('王', '王小雨', '小雨', 'wang xiaoyu', 'wxy', '张'),
        birthDate: fc.constantFrom('19900101', '19900102', '19800203'),
        idNumber: fc.constantFrom(...RESIDENT_IDS),
        localId: fc.constantFrom(...LOCAL_IDS),
        hospital: fc.constantFrom(...HOSPITALS),
      },
      { requiredKeys: [] },
    )
    .filter((search) => Object.keys(search).some((key) => key !== 'hospital'));

  async function fill(of: readonly Patient[], under: readonly number[]) {
    const personId = (person: number) => `P${person}`;
    await database.query('TRUNCATE persons, patients, patient_numbers, patient_names, observations CASCADE');
    await database.query(
      'INSERT INTO persons (person_id, survivor_id, last_seen_at) SELECT p, s, now() FROM unnest($1::text[], $2::text[]) AS given (p, s)',
      [under.map((_, person) => personId(person)), under.map(personId)],
    );
    for (const [at, { person, hospital, localId, number, names, dates }] of of.entries()) {
      const patientNo = String(at + 1);
      await database.query(
        `WITH added AS (
           INSERT INTO patients (hospital, issuer, local_id, patient_no, home_id, reason, link_version, linked_at, observation_version)
           VALUES ($1, $2, $3, $4, $5, 'NEW_PERSON', 1, now(), 1)
         )
         INSERT INTO observations (patient_no, version, name, birth_date, sex, other_ids, numbers, study_uid, observed_at)
         VALUES ($4, 1, '{"alphabetic":"","charsetGuessed":false}', NULL, '', '[]', '{}', NULL, now())`,
        [hospital, patientNo, localId, patientNo, personId(person)],
      );
      if (number !== '') await keepNumbers(database, [{ patientNo, number: `RESIDENT_ID ${number}`, claims: true }]);
      const readNames = names.map((alphabetic) => readName({ alphabetic }));
      const name = { han: readNames.flatMap(({ han }) => han), latin: readNames.flatMap(({ latin }) => latin) };
      const birthDates = dates.filter((date) => date !== '');
      await database.transaction((tx) =>
        new PatientNameStore(new NameStore()).describePatients(tx, [{ patientNo, name, birthDates, residentIds: [] }]),
      );
    }
  }

  const CALLED: Readonly<Record<string, readonly string[]>> = {
    王: ['王小雨', '王雨', '王小雨 WANG^XIAOYU'],
    王小雨: ['王小雨', '王小雨 WANG^XIAOYU'],
    小雨: ['王小雨', '李小雨', '王小雨 WANG^XIAOYU'],
    'wang xiaoyu': ['王小雨', '王小雨 WANG^XIAOYU', 'XIAOYU^WANG'],
    wxy: ['王小雨', '王小雨 WANG^XIAOYU'],
    张: [],
  };

  /** Whom a search is for, found by looking at everybody. */
  function expected(of: readonly Patient[], under: readonly number[], search: Partial<Record<string, string>>) {
    const { name, birthDate, idNumber, localId, hospital } = search;
    const groups = Map.groupBy(of, ({ person }) => under[person]);
    const isCalled = ({ names, dates }: Patient) =>
      (name === undefined || names.some((one) => CALLED[name]?.includes(one))) &&
      (birthDate === undefined || dates.includes(birthDate));
    return [...groups]
      .filter(
        ([, members]) =>
          (idNumber === undefined || members.some(({ number }) => number === idNumber)) &&
          members.some(
            (one) =>
              (hospital === undefined || one.hospital === hospital) &&
              (localId === undefined || one.localId === localId),
          ) &&
          (name === undefined && birthDate === undefined ? true : members.some(isCalled)),
      )
      .map(([person]) => `P${person}`)
      .sort();
  }

  it('hold everybody who is asked for, each once, however long they are', async () => {
    const handler = new SearchPersonsHandler(database);
    let found = 0;
    const property = fc.asyncProperty(
      patients,
      survivors,
      fc.array(searches, { minLength: 8, maxLength: 8 }),
      async (of, under, asked) => {
        await fill(of, under);
        for (const search of asked) {
          const seen: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null; ) {
            const page = await handler.execute(
              PersonSearch.parse({
                ...search,
                limit: 1 + (seen.length % 3),
                ...(cursor === undefined ? {} : { cursor }),
              }),
              NOW,
            );
            if (!page.ok) throw new Error(JSON.stringify(page));
            seen.push(...page.value.persons.map(({ personId }) => personId));
            cursor = page.value.nextCursor;
          }
          expect({ search, seen: seen.toSorted() }).toEqual({ search, seen: expected(of, under, search) });
          found += seen.length;
        }
      },
    );
    await fc.assert(property, { numRuns: 20 });
    // Most searches that chance makes find nobody.
    expect(found).toBeGreaterThan(10);
  }, 120_000);
});
