import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { nameWordsQuery } from '@yinglian/names';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { StudyNameStore } from './study-name.store.js';
import { findStudies } from './study-search.js';

const BEFORE_WORDS = 14;

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  const url = await postgres.createDatabase();
  await migrate(url, studyRegistryMigrations, BEFORE_WORDS);
  database = postgres.connect(url);
  const study = (uid: string, alphabetic: string, ideographic = '') =>
    `('${uid}', 'H001', '', 'L', '20260101', '', '', '', '{}', '{}', 'complete', now(), now(), '${alphabetic}', '${ideographic}')`;
  await database.query(
    `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
       modalities, body_parts, state, arrived_at, updated_at, name_alphabetic, name_ideographic)
     VALUES ${[study('1.1', '', '单^田芳'), study('1.2', 'zhang^wei', '张^伟'), study('1.3', ''), study('1.4', 'smith^john')].join(', ')}`,
  );
  await migrate(url, studyRegistryMigrations);
}, 60_000);
afterAll(() => postgres.stop());

const fill = () => database.transaction((tx) => new StudyNameStore(tx).fill(2));
const found = async (typed: string) => {
  const query = { nameWords: nameWordsQuery(typed) ?? '' };
  const studies = await findStudies(database, query, { limit: 10, offset: 0, treatedBy: null });
  return studies.map(({ study_uid: uid }) => uid);
};

it('studies of before there were words have them after some turns, and then there are none left', async () => {
  expect(await found('zhangwei')).toEqual([]);
  const turns: boolean[] = [];
  do turns.push(await fill());
  while (turns.at(-1) === true && turns.length < 10);
  expect(turns).toEqual([true, true, false]);
  expect(await fill()).toBe(false);
  expect(await found('zhangwei')).toEqual(['1.2']);
  expect(await found('dan tianfang')).toEqual(['1.1']);
  expect(await found('shan tian fang')).toEqual(['1.1']);
  expect(await found('john smi')).toEqual(['1.4']);
});

it('a study that is named anew is found by its new name alone', async () => {
  await database.query(
    "UPDATE studies SET name_alphabetic = 'li^na', name_ideographic = '李^娜' WHERE study_uid = '1.2'",
  );
  await new StudyNameStore(database).put('1.2');
  expect(await found('zhangwei')).toEqual([]);
  expect(await found('na li')).toEqual(['1.2']);
});

it('a province without studies has none to fill in', async () => {
  const url = await postgres.createDatabase();
  await migrate(url, studyRegistryMigrations);
  const empty = postgres.connect(url);
  expect(await empty.transaction((tx) => new StudyNameStore(tx).fill(2))).toBe(false);
});
