import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { filledDatabase } from '../testing/filled-database.js';
import { KnownFactsStore } from './known-facts.store.js';

const NOW = new Date('2026-11-30T04:00:00Z');
const study = (n: number, date: string, arrived: string) =>
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number,
     description, modalities, body_parts, state, arrived_at, updated_at)
   VALUES ('1.2.${n}', 'H001', '', 'L${n}', 'P${n}', '${date}', '', '', '', '{CT}', '{CHEST}', 'complete', '${arrived}', '${arrived}')`;
const visit = (n: number, status: string, recorded: string, ended: string | null) =>
  `INSERT INTO encounters (hospital, encounter_id, patient_issuer, patient_id, status, recorded_at, encounter_class, ended_at)
   VALUES ('H001', 'V${n}', '', 'L${n}', '${status}', '${recorded}', 'inpatient', ${ended === null ? 'NULL' : `'${ended}'`})`;
const order = (n: number, recorded: string, isCancelled: boolean) =>
  `INSERT INTO ordered_exams (hospital, order_number, patient_issuer, patient_id, modality, regions, is_cancelled, recorded_at)
   VALUES ('H001', 'O${n}', '', 'L${n}', 'CT', '{CHEST}', ${isCancelled}, '${recorded}')`;

const referral = (n: number, status: string, effective: string | null, expires: string | null, to = 'H001') =>
  `INSERT INTO referrals VALUES ('H003', 'R${n}', '${to}', '', 'R${n}', '${status}', ${effective === null ? 'NULL' : `'${effective}'`},
     ${expires === null ? 'NULL' : `'${expires}'`}, '2026-11-15T00:00:00Z')`;

const FILL = [
  `INSERT INTO patients (hospital, issuer, local_id, person_id) SELECT 'H001', '', 'L' || n, 'P' || n FROM generate_series(1, 20) n`,
  study(1, '20261120', '2026-11-20T08:00:00Z'),
  study(2, '20160101', '2026-11-29T08:00:00Z'),
  // A clock that is ahead, and what is no date at all.
  study(3, '20990101', '2026-11-28T08:00:00Z'),
  study(4, '', '2026-11-25T08:00:00Z'),
  study(5, '2026.11', '2026-11-26T08:00:00Z'),
  study(6, '20261340', '2026-11-27T08:00:00Z'),
  study(7, '00000000', '2026-11-24T08:00:00Z'),
  visit(8, 'active', '2026-11-01T00:00:00Z', null),
  visit(9, 'active', '2026-08-01T00:00:00Z', null),
  visit(10, 'ended', '2026-11-02T00:00:00Z', '2026-11-20T00:00:00Z'),
  visit(11, 'cancelled', '2026-11-29T00:00:00Z', null),
  visit(12, 'active', '2026-12-24T00:00:00Z', null),
  order(13, '2026-11-10T00:00:00Z', false),
  order(14, '2026-11-10T00:00:00Z', true),
  `INSERT INTO patients (hospital, issuer, local_id, person_id) SELECT 'H003', '', 'R' || n, 'P' || n FROM generate_series(21, 27) n`,
  referral(21, 'active', '2026-11-18T00:00:00Z', null),
  referral(22, 'active', null, '2026-12-15T00:00:00Z'),
  referral(23, 'active', '2026-11-01T00:00:00Z', '2026-11-29T00:00:00Z'),
  referral(24, 'cancelled', '2026-11-18T00:00:00Z', null),
  referral(25, 'ended', '2026-11-18T00:00:00Z', null),
  referral(26, 'active', '2026-12-01T00:00:00Z', null),
  ...[16, 17, 18, 19].map((n) => study(n, '20261101', '2026-11-01T00:00:00Z')),
  // Of the last one the accession number is another hospital's.
  `UPDATE studies SET accession_number = 'A' || split_part(study_uid, '.', 3) WHERE study_uid IN ('1.2.16', '1.2.17', '1.2.18', '1.2.19')`,
  `INSERT INTO restricted_exams VALUES ('H001', 'A16', 'restricted', now()), ('H001', 'A17', 'very-restricted', now()),
     ('H001', 'A18', 'normal', now()), ('H002', 'A19', 'restricted', now()), ('H001', '', 'restricted', now())`,
];

describe('what a hospital had to do with a person', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 60_000);
  afterAll(() => postgres.stop());

  const about = (hospital: string | null, n: number) =>
    new KnownFactsStore(database).about({ hospital, personIds: [`P${n}`], studyInstanceUids: [`1.2.${n}`], at: NOW });
  const withHospital = async (hospital: string | null, n: number) =>
    (await about(hospital, n)).relationships.get(`P${n}`);

  it.each([
    ['a study', 1, { daysSinceStudy: 10 }],
    ['an old study that came yesterday', 2, { daysSinceStudy: 3_986 }],
    ['a study of the future: when it came', 3, { daysSinceStudy: 2 }],
    ['one without a date', 4, { daysSinceStudy: 5 }],
    ['one with half a date', 5, { daysSinceStudy: 4 }],
    ['one with a month that is none', 6, { daysSinceStudy: 3 }],
    ['one with zeros', 7, { daysSinceStudy: 6 }],
    ['a visit that lasts', 8, { daysSinceVisit: 0 }],
    ['one that nobody ended for too long', 9, { daysSinceVisit: 121 }],
    ['one that is over', 10, { daysSinceVisit: 10 }],
    ['one that was cancelled', 11, {}],
    ['one that is announced', 12, { daysSinceVisit: 0 }],
    ['an order', 13, { daysSinceOrder: 20 }],
    ['one that was cancelled', 14, {}],
    ['nothing', 15, {}],
    ['a referral', 21, { daysSinceReferral: 12 }],
    ['one of which only its end is told', 22, { daysSinceReferral: 15 }],
    ['one that has expired', 23, {}],
    ['one that was cancelled', 24, {}],
    ['one that is over', 25, {}],
    ['one that is announced', 26, { daysSinceReferral: 0 }],
  ])('is %s', async (_, n, expected) => {
    expect(await withHospital('H001', n)).toEqual(expected);
    expect([await withHospital('H002', n), await withHospital(null, n)]).toEqual([{}, {}]);
  });

  it.each([
    [16, 'restricted'],
    [17, 'very-restricted'],
    [18, undefined],
    [19, undefined],
    [1, undefined],
  ])('and a study may be known as far as it was ordered: %i is %s', async (n, expected) => {
    expect((await about('H002', n)).restrictions.get(`1.2.${n}`)).toBe(expected);
  });
});
