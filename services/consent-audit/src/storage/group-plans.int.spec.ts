import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import type { Database, Sql } from '@yinglian/persistence';
import { filledDatabase, type TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { endLinksApart, linksToPersons, personsOfAccount } from './account-link.store.js';
import { birthDateOf } from './birth-dates.js';
import { consentsOf } from './consent.store.js';
import { carryOver, endApart, noteGroupSince } from './consent-groups.js';
import { studiesOfPersons } from './person-of-study.js';
import { relationshipPage } from './relationship-page.js';

const person = (n: number) => `P${String(n).padStart(26, '0')}`;
const GROUP = [777, 778, 779].map(person);

/** Two objections and two relationships of each of 100,000 persons; every tenth was one with the next. */
const FILL = [
  `INSERT INTO consents (consent_id, person_id, note, recorded_by, said_at)
   SELECT gen_random_uuid(), 'P' || lpad((n / 2)::text, 26, '0'), '', 'steward', now() - n * interval '1 minute'
   FROM generate_series(1, 200000) n`,
  `INSERT INTO consent_groups
   SELECT 'P' || lpad((right(person_id, 26)::int + 1)::text, 26, '0'), consent_id FROM consents WHERE right(person_id, 1) = '7'`,
  `INSERT INTO declared_relationships
   SELECT gen_random_uuid(), 'P' || lpad((n / 2)::text, 26, '0'), 'dr' || n % 1000, '医生', 'H' || n % 100, '会诊需要',
     now() - n * interval '1 minute', now() FROM generate_series(1, 200000) n`,
  `INSERT INTO consents (consent_id, person_id, closes, persons, note, recorded_by, said_at)
   SELECT gen_random_uuid(), 'P' || lpad(n::text, 26, '0'), false,
     ARRAY['P' || lpad(n::text, 26, '0'), 'P' || lpad((n + 1)::text, 26, '0')], '', 'steward', now() FROM generate_series(1, 50000) n`,
  `INSERT INTO account_links (link_id, account, person_id, persons, standing, identity, linked_by, linked_at)
   SELECT gen_random_uuid(), 'p.' || n, 'P' || lpad(n::text, 26, '0'),
     ARRAY['P' || lpad(n::text, 26, '0'), 'P' || lpad((n + 1)::text, 26, '0')], 'self', 'resident-id', 'steward', now()
   FROM generate_series(1, 100000) n`,
  `INSERT INTO patient_persons SELECT 'H' || n % 100, '', n::text, 'P' || lpad((n / 2)::text, 26, '0'), 1 FROM generate_series(1, 200000) n`,
  `INSERT INTO patient_births SELECT 'H' || n % 100, '', n::text, '19800101', now() FROM generate_series(1, 200000) n`,
  `INSERT INTO study_patients SELECT '1.2.' || n, 'H' || n % 100, '', n::text FROM generate_series(1, 200000) n`,
  'VACUUM ANALYZE',
];

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

describe('what is asked of persons who are one', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([consentAuditMigrations, accessMigrations], FILL));
  }, 120_000);
  afterAll(() => postgres.stop());

  it.each<[string, (sql: Sql) => Promise<unknown>, index: string]>([
    ['their objections', (sql) => consentsOf(sql, GROUP), 'objections_of'],
    [
      'their declared relationships',
      (sql) => relationshipPage(sql, { personIds: GROUP, limit: 50 }),
      'declared_relationships_of_person',
    ],
    ['what is carried over when they are split', (sql) => carryOver(sql, GROUP), 'objection_groups_pkey'],
    [
      'what falls when one of them goes',
      (sql) => endApart(sql, person(777), GROUP, '2026-01-01T00:00:00.000Z'),
      'consents_given_to_several',
    ],
    ['their studies', (sql) => studiesOfPersons(sql, GROUP), 'study_patients_of'],
    ['when they were born', (sql) => birthDateOf(sql, GROUP), 'patient_births_pkey'],
    [
      'what falls of accounts',
      (sql) => endLinksApart(sql, person(777), GROUP, '2026-01-01T00:00:00.000Z'),
      'account_links_to_several',
    ],
    ['accounts that stand for them', (sql) => linksToPersons(sql, GROUP, new Date()), 'account_links_to'],
    ['whom an account stands for', (sql) => personsOfAccount(sql, 'p.777', new Date()), 'account_links_of'],
    [
      'what was recorded since they are one',
      (sql) => noteGroupSince(sql, GROUP, '2026-01-01T00:00:00.000Z'),
      'objections_of',
    ],
  ])('%s, is read from an index', async (_, ask, index) => {
    const sql = new Explaining(database);
    await ask(sql);
    expect(sql.plan).toContain(`"Index Name":"${index}"`);
    expect(sql.plan).not.toMatch(/Seq Scan/);
  });
});
