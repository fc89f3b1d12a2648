import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { DisposalStore } from './disposal.store.js';

/** Most are destroyed, of fifty hospitals; 200 wait, and 40 are destroyed now. */
const FILL = [
  `INSERT INTO disposals (study_uid, hospital, state, note, confirmed_by, confirmed_by_name, confirmed_at, registered_at, ended_at)
   SELECT '1.2.' || n, 'H' || n % 50, CASE WHEN n % 500 = 0 THEN 'destroying' WHEN n % 100 = 1 THEN 'confirmed'
     WHEN n % 100 = 2 THEN 'registered' WHEN n % 10 = 3 THEN 'stopped' ELSE 'destroyed' END, '', '', '', now(), now(), now()
   FROM generate_series(1, 20000) n`,
  'VACUUM ANALYZE',
];

describe('among 20,000 disposals', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 120_000);
  afterAll(() => postgres.stop());

  const page = { hospital: null, states: ['registered', 'destroying'] as const, before: null, limit: 21 };
  it.each<[string, (store: DisposalStore) => Promise<unknown>]>([
    ['a page of two states', (store) => store.list(page)],
    ['a further page of what was destroyed', (store) => store.list({ ...page, states: ['destroyed'], before: 900 })],
    ['a page of a hospital', (store) => store.list({ ...page, hospital: 'H7' })],
    ['a further page of a hospital', (store) => store.list({ ...page, hospital: 'H7', before: 900 })],
    ['the next whose rows go', (store) => store.nextRegistered(new Date())],
    ['the next whose objects go', (store) => store.nextDestroying()],
    ['those under way of a page of studies', (store) => store.underWayOf(['1.2.77', '1.2.101'])],
    ['whether what arrives is being destroyed', (store) => store.isBeingDestroyed('1.2.77')],
  ])('%s is read by an index', async (_, read) => {
    const plan = await explainedPlan(database, (sql) => read(new DisposalStore(sql)));
    expect(plan).toMatch(/"Index Name":"disposals_/);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
