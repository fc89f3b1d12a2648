import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { WorkstationStore } from './workstation.store.js';

const FILL = `
  INSERT INTO workstations (ae_title, hospital, certificates, plain, host, port, tls, maximum_associations)
  SELECT 'WS' || n, 'H' || n % 500, ARRAY[repeat('ab', 32)], false, '10.0.0.1', 2762, true, 8 FROM generate_series(1, 5000) n`;

describe('a workstation among 5,000', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([FILL, 'VACUUM ANALYZE workstations']));
  }, 120_000);
  afterAll(() => postgres.stop());

  it('is found by its AE title in an index', async () => {
    const plan = await explainedPlan(database, (sql) => new WorkstationStore(sql).find('WS77'));
    expect(plan).toMatch(/"Index Name":"workstations_pkey"/);
    expect(plan).not.toMatch(/Seq Scan/);
    expect(await new WorkstationStore(database).find('WS77')).toEqual({
      aeTitle: 'WS77',
      hospital: 'H77',
      name: null,
      certificates: ['ab'.repeat(32)],
      plain: false,
      host: '10.0.0.1',
      port: 2762,
      tls: true,
      maximumAssociations: 8,
    });
  });
});
