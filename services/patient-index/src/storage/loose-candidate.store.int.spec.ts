import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { readName } from '../domain/person-name.js';
import { patientIndexMigrations } from '../patient-index.module.js';
import { looseCandidatesOf } from './loose-candidate.store.js';
import { NameStore } from './name.store.js';
import { PatientNameStore } from './patient-name.store.js';

describe('who has little in common with a record', () => {
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
  beforeEach(() => database.query('TRUNCATE patient_names'));

  const called = (pn: string, birthDate: string, ...patientNos: number[]) =>
    database.transaction((tx) =>
      patientNames.describePatients(
        tx,
        patientNos.map((patientNo) => ({
          patientNo: String(patientNo),
          name: readName({ alphabetic: pn }),
          birthDates: birthDate === '' ? [] : [birthDate],
          residentIds: [],
        })),
      ),
    );
  const foundBy = (pn: string, birthDate: string | null, most?: number) =>
    looseCandidatesOf(database, { name: readName({ alphabetic: pn }), birthDate, ids: [], phones: [] }, most);

  it('are those of the birth date, then those who are called so', async () => {
    await called('欧阳^娜娜', '19550611', 1);
    await called('FLETCHER^MIA', '19920317', 2);
    await called('MIA^FLETCHER', '', 3);
    await called('欧阳^娜娜', '19010101', 4);
    expect(await foundBy('FLETCHER^MIA', '19550611')).toEqual(['1', '2', '3']);
    expect(await foundBy('FLETCHER^MIA', '19550611', 2)).toEqual(['1', '2']);
    expect(await foundBy('FLETCHER^MIA', null)).toEqual(['2', '3']);
    expect(await foundBy('单^田芳', '19550611')).toEqual(['1']);
    expect(await foundBy('', null)).toEqual([]);
  });

  it('are those of another reading, in characters and in letters', async () => {
    await called('单^田芳', '19920317', 1);
    expect(await foundBy('DAN^TIANFANG', '19550611')).toEqual(['1']);
    expect(await foundBy('SHAN^TIANFANG', '19550611')).toEqual(['1']);
  });

  it('are nobody by what many share', async () => {
    const many = Array.from({ length: 51 }, (_, n) => n + 1);
    await called('张^伟', '19900101', ...many);
    expect(await foundBy('张^伟', '19550611')).toEqual([]);
    expect(await foundBy('FLETCHER^MIA', '19900101')).toEqual([]);
    await database.query('DELETE FROM patient_names WHERE patient_no = 51');
    expect(await foundBy('张^伟', '19550611')).toHaveLength(50);
    expect(await foundBy('FLETCHER^MIA', '19900101')).toHaveLength(50);
  });
});
