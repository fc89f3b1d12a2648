import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import type { AskedRecord } from '../domain/finding/asked-record.js';
import { readName } from '../domain/person-name.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { residentIdOf } from '../testing/patient-index-service.js';
import { candidatesOf } from './candidate.store.js';
import { NameStore } from './name.store.js';
import { keepNumbers } from './number.store.js';
import { PatientNameStore } from './patient-name.store.js';

describe('who may be the same person', () => {
  let postgres: TestPostgres;
  let database: Database;
  const patientNames = new PatientNameStore(new NameStore());
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations);
    database = postgres.connect(url);
  });
  afterAll(() => postgres.stop());
  beforeEach(() => database.query('TRUNCATE patient_names, patient_numbers'));

  const called = (patientNo: number, pn: string, ...birthDates: string[]) =>
    database.transaction((tx) =>
      patientNames.describePatients(tx, [
        { patientNo: String(patientNo), name: readName({ alphabetic: pn }), birthDates, residentIds: [] },
      ]),
    );
  const numbered = (patientNo: number, number: string, claims = false) =>
    keepNumbers(database, [{ patientNo: String(patientNo), number, claims }]);
  const asked = (pn: string, birthDate: string | null, rest: Partial<AskedRecord> = {}): AskedRecord => ({
    name: readName({ alphabetic: pn }),
    birthDate,
    ids: [],
    phones: [],
    ...rest,
  });
  const foundBy = async (record: AskedRecord, wanted?: Parameters<typeof candidatesOf>[2]) =>
    (await candidatesOf(database, [record], wanted))[0];

  it.each<[string, string, string | null, string, string | null]>([
    ['the same name and birth date', '王^小雨', '19920317', '王^小雨', '19920317'],
    ['a variant of the name', '阎^明', '19920317', '閆^明', '19920317'],
    ['a homophone', '张^伟', '19920317', '章^炜', '19920317'],
    ['its pinyin', '王^小雨', '19920317', 'WANG^XIAOYU', '19920317'],
    ['pinyin turned and joined', 'XIAOYUWANG', '19920317', '王^小雨', '19920317'],
    ['another reading, asked in letters', '单^田芳', '19920317', 'DAN^TIANFANG', '19920317'],
    ['another reading, stored in letters', 'DAN^TIANFANG', '19920317', '单^田芳', '19920317'],
    ['a date with day and month swapped', '王^小雨', '19920307', '王^小雨', '19920703'],
    ['a date of another decade', '王^小雨', '19920317', '王^小雨', '19820317'],
    ['a date that is not known there', '王^小雨', null, '王^小雨', '19920317'],
    ['a date that is not known here', '王^小雨', '19920317', '王^小雨', null],
    ['another given name on the same day', '王^小雨', '19920317', '王^晓丽', '19920317'],
    ['a Western name', 'SMITH^JOHN', '19920317', 'JOHN^SMITH', '19920317'],
  ])('are those of %s', async (_, stored, storedDate, pn, birthDate) => {
    await called(1, stored, ...(storedDate === null ? [] : [storedDate]));
    await called(2, '欧阳^娜娜', '19010101');
    expect(await foundBy(asked(pn, birthDate))).toEqual(['1']);
  });

  it.each<[string, string, string]>([
    ['another name on another day', '李^娜', '19920318'],
    ['the same name on a far day', '王^小雨', '19550611'],
    ['another surname on the same day', '李^小雨', '19920317'],
  ])('are not those of %s', async (_, pn, birthDate) => {
    await called(1, '王^小雨', '19920317');
    expect(await foundBy(asked(pn, birthDate))).toEqual([]);
  });

  it('are those of an equal number or phone, whatever they are called, the likeliest first', async () => {
    await called(3, '王^小雨', '19920318');
    await called(4, '王^小雨', '19920317');
    await called(5, '王^丽', '19920317');
    await numbered(6, 'PHONE 13912345678');
    await numbered(7, 'PASSPORT:CHN E12345678', true);
    const ids: AskedRecord['ids'] = [{ system: 'PASSPORT:CHN', value: 'E12345678', strength: 'strong' }];
    const record = asked('王^小雨', '19920317', { ids, phones: ['13912345678'] });
    expect(await foundBy(record)).toEqual(['7', '6', '4', '3', '5']);
    expect(await foundBy(record, { most: 2 })).toEqual(['7', '6']);
    expect(await candidatesOf(database, [asked('李^娜', null), record, record])).toEqual([
      [],
      ['7', '6', '4', '3', '5'],
      ['7', '6', '4', '3', '5'],
    ]);
  });

  it('are few, however frequent a phone, a name or a day is', async () => {
    const many = Array.from({ length: 300 }, (_, n) => String(n + 1));
    await keepNumbers(
      database,
      many.flatMap((patientNo) => [
        { patientNo, number: 'PHONE 13800000000', claims: false },
        { patientNo, number: 'HEALTH_CARD:33 1', claims: true },
      ]),
    );
    const name = readName({ alphabetic: '张^伟' });
    await database.transaction((tx) =>
      patientNames.describePatients(
        tx,
        many.map((patientNo) => ({ patientNo, name, birthDates: ['19900101'], residentIds: [] })),
      ),
    );
    expect(await foundBy(asked('李^娜', '19900101', { phones: ['13800000000'] }))).toEqual([]);
    expect(await foundBy(asked('张^丽', '19900101'))).toEqual([]);
    expect(await foundBy(asked('张^伟', null))).toEqual([]);
    expect(await foundBy(asked('张^伟', '19900101'))).toHaveLength(50);
    const ids: AskedRecord['ids'] = [{ system: 'HEALTH_CARD:33', value: '1', strength: 'strong' }];
    expect(await foundBy(asked('李^娜', null, { ids }))).toHaveLength(50);
  });

  it('are not those with another resident id, when they are not wanted, but those whose id may be the same', async () => {
    const resident = (patientNo: number, ...residentIds: string[]) =>
      database.transaction((tx) => {
        const name = readName({ alphabetic: '王^小雨' });
        return patientNames.describePatients(tx, [
          { patientNo: String(patientNo), name, birthDates: ['19920317'], residentIds },
        ]);
      });
    const [ours, theirs] = [residentIdOf(1), residentIdOf(2)];
    await resident(1, ours);
    await resident(2, theirs);
    await resident(3);
    await resident(4, theirs);
    await resident(4, theirs, ours);
    const of = (...ids: string[]) =>
      asked('王^小雨', '19920317', {
        ids: ids.map((value) => ({ system: 'RESIDENT_ID', value, strength: 'strong' as const })),
      });
    expect(await foundBy(of(ours))).toEqual(['1', '2', '3', '4']);
    expect(await foundBy(of(ours), { withOtherIds: false })).toEqual(['1', '3', '4']);
    expect(await foundBy(of(), { withOtherIds: false })).toEqual(['1', '2', '3', '4']);
    expect(await foundBy(of(ours, theirs), { withOtherIds: false })).toEqual(['1', '2', '3', '4']);
    // The newest description counts, for all names of before.
    await called(2, '王^大雨', '19920317');
    expect(await foundBy(of(ours), { withOtherIds: false })).toEqual(['1', '2', '3', '4']);
  });

  it('are found among many with another resident id', async () => {
    const name = readName({ alphabetic: '张^伟' });
    const [ours, theirs] = [residentIdOf(1), residentIdOf(2)];
    await database.transaction((tx) =>
      patientNames.describePatients(
        tx,
        Array.from({ length: 300 }, (_, n) => {
          return { patientNo: String(n + 1), name, birthDates: ['19900101'], residentIds: n === 299 ? [] : [theirs] };
        }),
      ),
    );
    const ids = [{ system: 'RESIDENT_ID', value: ours, strength: 'strong' as const }];
    expect(await foundBy(asked('张^伟', '19900101', { ids }), { withOtherIds: false })).toEqual(['300']);
    expect(await foundBy(asked('张^丽', '19900101', { ids }), { withOtherIds: false })).toEqual(['300']);
  });

  it('have names that transactions add at once without waiting in a circle, or a name that was rolled back', async () => {
    const names = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0x5f20, 0x4e00 + n * 7));
    const describe = (patientNo: number, store: PatientNameStore, order: readonly string[], fails = false) =>
      database.transaction(async (tx) => {
        await store.describePatients(
          tx,
          order.map((pn) => {
            return {
              patientNo: String(patientNo),
              name: readName({ alphabetic: pn }),
              birthDates: [],
              residentIds: [],
            };
          }),
        );
        if (fails) throw new Error('rolled back');
      });
    const store = new PatientNameStore(new NameStore());
    await expect(describe(1, store, names, true)).rejects.toThrow('rolled back');
    await Promise.all([
      describe(2, store, names),
      describe(3, store, names.toReversed()),
      describe(4, new PatientNameStore(new NameStore()), names.toSorted()),
      describe(5, new PatientNameStore(new NameStore()), names),
    ]);
    await describe(6, store, names);
    const rows = await database.query(
      `SELECT patient_no::int AS no, count(*)::int AS names FROM patient_names JOIN names USING (name_id) GROUP BY 1 ORDER BY 1`,
    );
    const distinct = new Set(names.map((pn) => readName({ alphabetic: pn }).han[0])).size;
    expect(rows).toEqual([2, 3, 4, 5, 6].map((no) => ({ no, names: distinct })));
  });
});
