import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { filledDatabase } from '../testing/filled-database.js';
import { EncounterStore } from './encounter.store.js';
import { KnownFactsStore } from './known-facts.store.js';
import { OrderedExamStore } from './ordered-exam.store.js';
import { PriorOfferStore } from './prior-offer.store.js';
import { StudyRequestStore } from './study-request.store.js';

/** A hundred hospitals; each patient has one study and one visit, one in fifty of which goes on. */
const FILL = [
  `INSERT INTO patients (hospital, issuer, local_id, person_id)
   SELECT 'H' || (n % 100), '', 'L' || n, 'P' || (n / 3) FROM generate_series(1, 200000) n`,
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time,
     accession_number, description, modalities, body_parts, state, arrived_at, updated_at)
   SELECT '1.2.' || n, 'H' || (n % 100), '', 'L' || n, 'P' || (n / 3), '20260101', '', '', '', ARRAY['CT'], ARRAY['CHEST'],
     'complete', now(), now() FROM generate_series(1, 200000) n`,
  `INSERT INTO encounters (hospital, encounter_id, patient_issuer, patient_id, status, recorded_at, looked_at)
   SELECT 'H' || (n % 100), 'V' || n, '', 'L' || n, CASE WHEN n % 50 = 7 THEN 'active' ELSE 'ended' END, now(),
     CASE WHEN n % 500 = 7 THEN NULL ELSE now() END FROM generate_series(1, 200000) n`,
  `INSERT INTO prior_offers (offer_id, hospital, study_uid, patient_issuer, patient_id, state)
   SELECT gen_random_uuid(), 'H' || (n % 100), '1.2.' || n, '', 'L' || n, CASE WHEN n % 500 = 7 THEN 'open' ELSE 'delivered' END
   FROM generate_series(1, 100000) n`,
  `INSERT INTO study_requests (request_id, hospital, study_uid, state, requested_by, requested_at)
   SELECT gen_random_uuid(), 'H' || (n % 100), '1.3.' || n, CASE WHEN n % 500 = 7 THEN 'open' ELSE 'fetched' END, 'dr' || (n % 1000), now()
   FROM generate_series(1, 100000) n`,
  `INSERT INTO ordered_exams
   SELECT 'H' || (n % 100), 'O' || n, '', 'L' || n, 'CT', ARRAY['CHEST'], false, now() FROM generate_series(1, 200000) n`,
  `INSERT INTO referrals
   SELECT 'H' || (n % 100), 'R' || n, 'H' || (n % 99), '', 'L' || n, 'active', now(), NULL, now() FROM generate_series(1, 20000) n`,
  `INSERT INTO restricted_exams
   SELECT 'H' || (n % 100), 'A' || n, 'restricted', now() FROM generate_series(1, 20000) n`,
  'VACUUM ANALYZE',
];

const ASKED = { hospital: 'H7', personIds: ['P777'], studyInstanceUids: ['1.2.777'], at: new Date() };

/** Asks how a statement would be answered, and answers nothing. */
class Explaining implements Sql {
  plan = '';

  constructor(private readonly database: Database) {}

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const [row] = await this.database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
    this.plan = JSON.stringify(row?.['QUERY PLAN']);
    return [];
  }
}

describe('what gateways ask of 200,000 visits, and whoever opens a study', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 240_000);
  afterAll(() => postgres.stop());

  it.each<[string, (sql: Sql) => Promise<unknown>, index: string]>([
    [
      'what a hospital had to do with a person',
      (sql) => new KnownFactsStore(sql as Database).about(ASKED),
      'encounters_by_patient',
    ],
    ['who referred them to it', (sql) => new KnownFactsStore(sql as Database).about(ASKED), 'referrals_of_patient'],
    [
      'how far a study may be known',
      (sql) => new KnownFactsStore(sql as Database).about(ASKED),
      'restricted_exams_pkey',
    ],
    [
      'for which visits to look for priors',
      (sql) => new EncounterStore(sql).toLookAt('H7', 20),
      'encounters_to_look_at',
    ],
    [
      'what priors a person has',
      (sql) => new PriorOfferStore(sql).candidates('H7', 'P777', '20200101', ['CT'], 5),
      'studies_\\d_person_id_study_date',
    ],
    [
      'what was ordered for a patient',
      (sql) => new OrderedExamStore(sql).of('H7', '', 'L777'),
      'ordered_exams_of_patient',
    ],
    ['which priors are offered', (sql) => new PriorOfferStore(sql).open('H7', 20), 'prior_offers_open'],
    ['which studies are asked for', (sql) => new StudyRequestStore(sql).toServe('H7', 20), 'study_requests_open'],
    ['what one has asked for', (sql) => new StudyRequestStore(sql).of('dr7', null, 50), 'study_requests_by_requester'],
  ])('%s is read from an index', async (_, ask, index) => {
    const sql = new Explaining(database);
    await ask(sql);
    expect(sql.plan).toMatch(new RegExp(`"Index Name":"${index}`));
    expect(sql.plan).not.toMatch(/Seq Scan/);
  });
});
