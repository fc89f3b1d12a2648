import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import fc from 'fast-check';
import { hasWildcard, matchesText } from '../domain/matching.js';
import { readSearch } from '../domain/search-keys.js';
import { findStudies } from '../storage/study-search.js';
import { filledDatabase } from '../testing/filled-database.js';
import { studyQueryOf } from './study-query.js';

/** Keys of texts, and the columns that they are matched with. */
const COLUMNS = {
  AccessionNumber: 'accession_number',
  StudyDescription: 'description',
  InstitutionName: 'institution',
  StudyID: 'study_id',
  PatientID: 'patient_id',
  ReferringPhysicianName: 'referring_physician',
} as const;
type TextKey = keyof typeof COLUMNS;

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  ({ postgres, database } = await filledDatabase([
    `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
       modalities, body_parts, state, arrived_at, updated_at)
     VALUES ('1.2', 'H001', '', '', '', '', '', '', '{}', '{}', 'complete', now(), now())`,
  ]));
}, 60_000);
afterAll(() => postgres.stop());

async function finds(key: TextKey, asked: string, value: string): Promise<boolean> {
  const search = readSearch({ [key]: asked }, 'study');
  if (typeof search === 'string') throw new Error(search);
  const query = studyQueryOf(search);
  if (typeof query === 'string') throw new Error(query);
  await database.query(`UPDATE studies SET ${COLUMNS[key]} = $1`, [value]);
  return (await findStudies(database, query, { limit: 1, offset: 0, treatedBy: null })).length === 1;
}

const keys = fc.constantFrom<TextKey[]>(
  'AccessionNumber',
  'StudyDescription',
  'InstitutionName',
  'StudyID',
  'PatientID',
);
// Values have neither ends that DICOM does not keep nor control characters.
const isValue = (text: string) => text.trim() === text && text !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed();
const texts = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom('%', '_', '\\', "'", '"', ',', '^', '=', '-', '王'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 24,
  })
  .filter(isValue);

it('any literal key finds a study that has just that value', async () => {
  await fc.assert(
    fc.asyncProperty(
      keys,
      texts.filter((text) => !hasWildcard(text)),
      async (key, text) => {
        expect(await finds(key, text, text)).toBe(true);
        expect(await finds(key, text, `${text}x`)).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});

it.each([
  ['li^na', true],
  ['李^娜', true],
  ['LI^*', true],
  ['*娜', true],
  ['Li^Na=李^娜', true],
  ['li^na=*', true],
  ['na', false],
  ['*=*=*', false],
])('a physician Li^Na=李^娜 is found by %s: %s', async (key, isFound) => {
  expect(await finds('ReferringPhysicianName', key, 'Li^Na=李^娜')).toBe(isFound);
});

it('a pattern finds what the matcher of other levels finds', async () => {
  const signs = fc.constantFrom('a', 'b', '王', '%', '_', '\\', '.');
  const values = fc.string({ unit: signs, minLength: 1, maxLength: 6 });
  const patterns = fc
    .string({ unit: fc.oneof(signs, fc.constantFrom('*', '?')), minLength: 1, maxLength: 6 })
    .filter((text) => text !== '*');
  await fc.assert(
    fc.asyncProperty(keys, patterns, values, async (key, pattern, value) => {
      expect(await finds(key, pattern, value)).toBe(matchesText(pattern, value));
    }),
    { numRuns: 300 },
  );
});
