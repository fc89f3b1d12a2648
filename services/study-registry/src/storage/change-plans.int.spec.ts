import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { StudyChangeStore } from './study-change.store.js';

const CHANGES = 200_000;
const FILL = `
  INSERT INTO study_changes (sequence, told_at, study_uid, hospital, kind, version, instances, changed_at)
  SELECT n, timestamptz '2026-01-01' + n * interval '1 second', '1.2.' || n / 4, 'H' || n % 100, 'updated', n % 4 + 1, 1, now()
  FROM generate_series(1, ${CHANGES}) n`;

describe('reading on among 200,000 changes', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([FILL, 'VACUUM ANALYZE study_changes']));
  }, 120_000);
  afterAll(() => postgres.stop());

  it.each<[string, (store: StudyChangeStore) => Promise<unknown>]>([
    ['of all hospitals', (store) => store.after(150_000, null, 101)],
    ['of one hospital', (store) => store.after(150_000, 'H7', 101)],
    ['from a time on', (store) => store.before(new Date('2026-01-02T00:00:00Z'))],
    ['by numbering more', (store) => store.number(5_000)],
  ])('%s reads an index', async (_, read) => {
    const plan = await explainedPlan(database, (sql) => read(new StudyChangeStore(sql)));
    expect(plan).toMatch(/"Index Name":"study_changes_/);
    // Untold changes are few: how they are read does not matter.
    expect(plan.replaceAll(/"Seq Scan"[^{}]*"Relation Name":"untold_changes"/g, '')).not.toMatch(/Seq Scan/);
  });

  it('gives what there is', async () => {
    const store = new StudyChangeStore(database);
    expect((await store.after(199_990, 'H7', 10)).map(({ sequence }) => sequence)).toEqual([]);
    expect((await store.after(199_890, 'H7', 10)).map(({ sequence }) => sequence)).toEqual([199_907]);
    expect(await store.before(new Date('2026-01-01T00:10:00Z'))).toBe(599);
  });
});
