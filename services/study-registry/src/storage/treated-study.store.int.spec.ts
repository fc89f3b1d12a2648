import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import fc from 'fast-check';
import { filledDatabase } from '../testing/filled-database.js';
import { PatientStore } from './patient.store.js';
import { StudyStore } from './study.store.js';
import { TreatedStudyStore } from './treated-study.store.js';

const HOSPITALS = ['H001', 'H002', 'H003'];
const PERSONS = ['PA', 'PB', 'PC'];
const AT = new Date('2026-11-29T08:00:00Z');

/** A study comes of a hospital's patient, or that patient is linked to a person. */
type Step = { readonly hospital: string; readonly patient: string; readonly person: string | null };
const step: fc.Arbitrary<Step> = fc.record({
  hospital: fc.constantFrom(...HOSPITALS),
  patient: fc.constantFrom('1', '2'),
  person: fc.option(fc.constantFrom(...PERSONS)),
});

let postgres: TestPostgres;
let database: Database;
let studies = 0;
let links = 0;
beforeAll(async () => {
  ({ postgres, database } = await filledDatabase([]));
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(() => database.query('TRUNCATE studies, patients CASCADE'));

const take = ({ hospital, patient: id, person }: Step) =>
  database.transaction(async (tx) => {
    const patient = { hospital, issuer: '', id };
    if (person !== null) {
      links += 1;
      return new PatientStore(tx).link([{ patient, personId: person, version: links }]);
    }
    studies += 1;
    const study = `1.2.${studies}`;
    const texts = { accessionNumber: '', description: '', modality: 'CT', bodyPart: '' };
    const when = { studyDate: `202601${String(studies % 28).padStart(2, '0')}`, studyTime: '', arrivedAt: AT };
    await new StudyStore(tx).addIfNew({ studyInstanceUid: study, patient, ...texts, ...when }, AT);
    await new TreatedStudyStore(tx).listNew([study]);
  });

const LISTED = `SELECT study_uid, treating_hospital AS hospital, listed_date AS date FROM treated_studies`;
/** Whom a hospital treats, as ADR 0005 says it. */
const TREATED = `SELECT DISTINCT s.study_uid, own.hospital, s.study_date AS date
  FROM studies s JOIN studies own ON own.study_uid = s.study_uid OR own.person_id = s.person_id`;
const lists = (sql: string) => database.query(`${sql} ORDER BY study_uid, hospital`);

it('lists of hospitals are what they treat, whatever comes in whatever order', () =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await database.query('TRUNCATE studies, patients CASCADE');
      for (const one of steps) await take(one);
      expect(await lists(LISTED)).toEqual(await lists(TREATED));
    }),
    { numRuns: 40 },
  ));

it('lists of hospitals are what they treat, when a person’s first studies come to all of them at once', async () => {
  const patients = Array.from({ length: 24 }, (_, n) => String(n + 1));
  for (const patient of patients) {
    await Promise.all(HOSPITALS.map((hospital) => take({ hospital, patient, person: `P${patient}` })));
  }
  await Promise.all(
    patients.flatMap((patient) => HOSPITALS.map((hospital) => take({ hospital, patient, person: null }))),
  );
  expect(await lists(LISTED)).toEqual(await lists(TREATED));
  expect(await lists(LISTED)).toHaveLength(24 * 3 * 3);
});

it('lists of hospitals know a study’s modalities', async () => {
  await take({ hospital: 'H001', patient: '1', person: null });
  await database.query(`UPDATE studies SET modalities = '{CT,SR}'`);
  await new TreatedStudyStore(database).describe(`1.2.${studies}`);
  expect(await database.query('SELECT listed_modalities FROM treated_studies')).toEqual([
    { listed_modalities: ['CT', 'SR'] },
  ]);
});
