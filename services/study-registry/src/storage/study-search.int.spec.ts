import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import type { StudyQuery } from '../find-studies/study-query.js';
import { filledDatabase } from '../testing/filled-database.js';
import { findStudies, SearchTookTooLong, studySearchSql } from './study-search.js';

const STUDIES = 300_000;

/** Every hundredth hospital is asked for; each person has three studies, two of them in one hospital. */
const FILL = `
  INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time,
    accession_number, description, patient_name, name_alphabetic, name_ideographic, patient_birth_date, patient_sex,
    modalities, body_parts, state, arrived_at, updated_at)
  SELECT '1.2.' || n, 'H' || (n / 2 % 100), '', 'L' || (n / 3), 'P' || lpad((n / 3)::text, 26, '0'),
    to_char(date '2020-01-01' + (n::bigint * 7919 % 2400)::int, 'YYYYMMDD'), lpad((n % 86400)::text, 6, '0'),
    'A' || n, '胸部平扫', 'x', 'wang^xiao' || (n / 3), '王小' || (n / 3), '1980' || lpad((n % 12 + 1)::text, 2, '0') || '15', 'F',
    ARRAY[(ARRAY['CT', 'MR', 'DX', 'US'])[n % 4 + 1]], ARRAY['CHEST'], 'complete', now(), now()
  FROM generate_series(1, ${STUDIES}) n`;

const LIST = `
  INSERT INTO treated_studies (study_uid, treating_hospital, listed_date, listed_time, listed_modalities)
  SELECT study_uid, treating.hospital, study_date, study_time, modalities
  FROM studies JOIN (SELECT DISTINCT person_id, hospital FROM studies) AS treating USING (person_id)`;

/** Some of the words that the name has (libs/names), and a series for every third study. */
const NAMES = `
  INSERT INTO study_names (study_uid, name_words)
  SELECT '1.2.' || n, array_to_tsvector(ARRAY['h:王', 'h:王小', 'h:王小' || (n / 3), 'p:wang', 'p:xiao' || (n / 3), 'p:wangxiao' || (n / 3)])
  FROM generate_series(1, ${STUDIES}) n`;
const SERIES = `
  INSERT INTO series (study_uid, series_uid, modality, series_number, description, body_part, series_date, series_time, instance_count)
  SELECT '1.2.' || n, '1.2.' || n || '.1', 'CT', '1', '', '', '', '', 1 FROM generate_series(1, ${STUDIES}, 3) n`;

describe('a search among 300,000 studies', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([
      FILL,
      LIST,
      NAMES,
      SERIES,
      'VACUUM ANALYZE studies, treated_studies, study_names, series',
    ]));
  }, 240_000);
  afterAll(() => postgres.stop());

  const [personId, other] = ['777', '778'].map((n) => `P${n.padStart(26, '0')}`) as [string, string];

  it.each<[string, StudyQuery, treatedBy: string | null]>([
    ['person', { personIds: [personId] }, null],
    ['persons who are one', { personIds: [personId, other] }, null],
    ['a hospital’s own patient id', { patientId: 'L777' }, null],
    ['the beginning of a patient id', { patientId: 'L7770*' }, 'H7'],
    ['UID', { studyUids: ['1.2.777', '1.2.778'] }, null],
    ['accession number', { accessionNumber: 'A777' }, null],
    ['the beginning of an accession number', { accessionNumber: 'A7770*' }, 'H7'],
    ['pinyin', { patientName: 'Wang^Xiao777' }, 'H7'],
    ['the beginning of a Chinese name', { patientName: '王小777*' }, 'H7'],
    ['date and modality', { studyDate: { from: '20260101', to: '20260102' }, modalities: ['CT'] }, 'H7'],
    ['nothing at all, newest first', {}, 'H7'],
    ['modality alone, newest first', { modalities: ['CT'] }, 'H7'],
    ['a name as it is spoken', { nameWords: "('p:wangxiao777' | 'i:wangxiao777')" }, 'H7'],
    ['the beginnings of a name’s words', { nameWords: "('p:wang':* & 'p:xiao777':*)" }, 'H7'],
    ['a name that everybody has', { nameWords: "'h:王'" }, 'H7'],
    ['a series’ UID', { seriesUids: ['1.2.778.1'] }, null],
    ['a hospital’s number among others', { otherPatientId: 'L777' }, null],
    [
      'what comes behind a study of a person',
      { personIds: [personId], after: { date: '20240101', time: '12', uid: '1.2' } },
      null,
    ],
    ['what comes behind a study of a list', { after: { date: '20240101', time: '12', uid: '1.2' } }, 'H7'],
    ['a description in a list', { description: '*平扫*', studyTime: { from: '12', to: '13' } }, 'H7'],
    ['a missing Study ID in a list', { empty: ['00200010'] }, 'H7'],
    ['person and date', { personIds: [personId], studyDate: { from: '20200101', to: null } }, null],
  ])('by %s reads an index', async (_, query, treatedBy) => {
    const { text, values } = studySearchSql(query, { limit: 101, offset: 0, treatedBy });
    const [row] = await database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
    const plan = JSON.stringify(row?.['QUERY PLAN']);
    expect(plan).toMatch(/"Index Name":"(treated_)?studies_\d_/);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it.each<[string, StudyQuery]>([
    ['newest first', {}],
    ['of a modality', { modalities: ['CT'] }],
    ['of two years', { studyDate: { from: '20210101', to: '20221231' } }],
    ['behind a study', { after: { date: '20221231', time: '120000', uid: '1.2.3' } }],
  ])('down a hospital’s list, %s, looks at no more studies than it shows', async (_, query) => {
    const { text, values } = studySearchSql(query, { limit: 26, offset: 0, treatedBy: 'H7' });
    const [row] = await database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const plan = JSON.stringify(row?.['QUERY PLAN']);
    const looked = plan.matchAll(/"Relation Name":"studies_\d".*?"Actual Rows":([\d.]+),"Actual Loops":(\d+)/g);
    const studies = [...looked].reduce((sum, [, rows, loops]) => sum + Number(rows) * Number(loops), 0);
    expect(studies).toBeGreaterThan(0);
    expect(Math.round(studies)).toBeLessThanOrEqual(26);
    expect(plan).not.toMatch(/"Rows Removed by Filter":\d{3}/);
  });

  it('that no index serves is given up when it takes too long', async () => {
    const page = { limit: 26, offset: 0, treatedBy: 'H7' };
    await expect(findStudies(database, { description: '*x*y*' }, page, 1)).rejects.toThrow(SearchTookTooLong);
    expect(await findStudies(database, { description: '*平*' }, page)).toHaveLength(26);
  });
});
