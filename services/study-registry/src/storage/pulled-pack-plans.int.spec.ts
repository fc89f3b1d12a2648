import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { PulledPackStore } from './pulled-pack.store.js';

/** Of fifty hospitals, read within a year; of some their gateways have just said that they have them, of others they said it long ago. */
const FILL = [
  `INSERT INTO pulled_packs (digest, hospital, size_bytes, read_at, kept_at)
   SELECT 'digest ' || n, 'H' || n % 50, n, now() - n % 365 * interval '1 day',
     CASE WHEN n % 500 = 0 THEN now() WHEN n % 10 = 1 THEN now() - interval '1 day' END
   FROM generate_series(1, 50000) n`,
  'VACUUM ANALYZE',
];

describe('among 50,000 packs that were pulled', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 120_000);
  afterAll(() => postgres.stop());

  const monthAgo = new Date(Date.now() - 30 * 86_400_000);
  it.each<[string, (store: PulledPackStore) => Promise<unknown>]>([
    ['what a hospital is asked about', (store) => store.toAsk('H7', monthAgo, 32)],
    ['what may go', (store) => store.toRelease(monthAgo, 100)],
    ['a reading of some', (store) => store.read(['digest 12', 'digest 13'])],
    ['what a hospital says of one', (store) => store.kept('digest 12', 'H12')],
    ['one that stays', (store) => store.stays('digest 12')],
  ])('%s is read by an index', async (_, read) => {
    const plan = await explainedPlan(database, (sql) => read(new PulledPackStore(sql)));
    expect(plan).toMatch(/"Index Name":"pulled_packs_/);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
