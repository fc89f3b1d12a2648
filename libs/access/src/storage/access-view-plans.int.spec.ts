import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate, type Sql } from '@yinglian/persistence';
import { Explained, TestPostgres } from '@yinglian/testing';
import { accessMigrations } from '../access.module.js';
import { AccessViewStore } from './access-view.store.js';
import { personGroup, survivorOf } from './person-groups.js';

/** 100,000 merged persons, four to a survivor; 200,000 objections, as many relationships and as much broken glass. */
const FILL = [
  `INSERT INTO access_survivors SELECT 'P' || n, 'P' || (n / 5 * 5), 1 FROM generate_series(1, 125000) n WHERE n % 5 > 0`,
  `INSERT INTO access_objections (consent_id, person_id, study_uid, withdrawn_at)
   SELECT gen_random_uuid(), 'P' || n, CASE WHEN n % 2 = 0 THEN '1.2.' || n END, now() FROM generate_series(1, 200000) n`,
  `INSERT INTO access_relationships
   SELECT gen_random_uuid(), 'P' || n, 'doctor.' || n % 1000, now() + interval '8 hours' FROM generate_series(1, 200000) n`,
  `INSERT INTO access_break_glasses
   SELECT gen_random_uuid(), 'P' || n, 'doctor.' || n % 1000, now() + interval '2 hours' FROM generate_series(1, 200000) n`,
  `INSERT INTO access_consents (consent_id, person_id, persons, receiver, given_at, ends_at)
   SELECT gen_random_uuid(), 'P' || n, ARRAY['P' || n], 'H003', now(), CASE WHEN n % 2 = 0 THEN now() END FROM generate_series(1, 200000) n`,
  `INSERT INTO access_accounts (link_id, account, person_id, persons, linked_at)
   SELECT gen_random_uuid(), 'p.' || n, 'P' || n, ARRAY['P' || n], now() FROM generate_series(1, 200000) n`,
  'VACUUM ANALYZE',
];

const asker = (subject: string) => ({ subject, hospital: 'H002' });

describe('the replicated view of a province', () => {
  let postgres: TestPostgres;
  let database: Database;
  let url: string;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.createDatabase();
    await migrate(url, accessMigrations);
    database = postgres.connect(url);
    for (const statement of FILL) await database.query(statement);
  }, 120_000);
  afterAll(() => postgres.stop());

  const page = Array.from({ length: 200 }, (_, n) => `P${n * 600 + 1}`);
  const studies = page.map((person) => person.replace('P', '1.2.'));

  it.each<[string, (view: AccessViewStore, sql: Sql) => Promise<unknown>, mostBlocks: number]>([
    ['who objects of one person', (view) => view.statementsAbout(['P777'], ['1.2.777'], 'H003', new Date()), 200],
    ['who objects of a page of persons', (view) => view.statementsAbout(page, studies, 'H003', new Date()), 20_000],
    ['whom a patient’s account stands for', (view) => view.ownPersons('p.777', ['P777'], new Date()), 200],
    [
      'what is known of one person',
      (view) => view.factsAbout(asker('doctor.777'), ['P777'], ['1.2.777'], new Date()),
      300,
    ],
    [
      'what is known of a page of persons',
      (view) => view.factsAbout(asker('doctor.7'), page, studies, new Date()),
      30_000,
    ],
    ['whether one broke the glass for a person', (view) => view.brokenGlass('doctor.777', ['P777'], new Date()), 200],
    ['for whom of a page one broke the glass', (view) => view.brokenGlass('doctor.7', page, new Date()), 12_000],
    ['who is one with a person', (_, sql) => personGroup(sql, 'P777'), 200],
    ['who stands for a person', (_, sql) => survivorOf(sql, 'P777'), 200],
  ])('%s is read from indexes', async (_, ask, mostBlocks) => {
    const explained = new Explained(database);
    await ask(new AccessViewStore(explained as unknown as Database), explained);
    expect(explained.scanned.filter((table) => table.startsWith('access_'))).toEqual([]);
    // What a function reads is in the sum, not among the tables.
    expect(explained.blocks).toBeGreaterThan(3);
    expect(explained.blocks).toBeLessThan(mostBlocks);
  });

  it('is planned once, and not for each who asks', async () => {
    const connection = new Database({ url, applicationName: 'plans', maxConnections: 1 });
    try {
      const view = new AccessViewStore(connection);
      for (let time = 0; time < 10; time += 1) {
        await view.statementsAbout(['P777'], ['1.2.777'], 'H003', new Date());
        await view.ownPersons('p.777', ['P777'], new Date());
        await view.factsAbout(asker('doctor.777'), ['P777'], ['1.2.777'], new Date());
        await view.brokenGlass('doctor.777', ['P777'], new Date());
      }
      const plans = await connection.query(
        'SELECT name, custom_plans::int AS planned FROM pg_prepared_statements ORDER BY name',
      );
      // PostgreSQL tries five before it keeps one.
      expect(plans).toEqual(
        ['access-broken-glass', 'access-facts', 'access-own-persons', 'access-statements'].map((name) => ({
          name,
          planned: 5,
        })),
      );
    } finally {
      await connection.close();
    }
  });
});
