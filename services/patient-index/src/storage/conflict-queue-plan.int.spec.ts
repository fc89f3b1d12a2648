import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import { patientIndexMigrations } from '../patient-index.module.js';
import { conflictQueueSql, listConflicts, type QueuePage } from './conflict-queue.store.js';

const CONFLICTS = 100_000;

describe('the queue of 100,000 conflicts', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, patientIndexMigrations);
    database = postgres.connect(url);
    await database.query(
      `INSERT INTO persons (person_id, survivor_id, last_seen_at)
       SELECT 'P' || n, 'P' || n, now() FROM generate_series(1, $1::int) n`,
      [CONFLICTS],
    );
    await database.query(
      `INSERT INTO patients (hospital, issuer, local_id, home_id, reason, link_version, linked_at, observation_version)
       SELECT 'H' || n % 20, '', 'L' || n, 'P' || n, 'NEW_PERSON', 1, now(), 0 FROM generate_series(1, $1::int) n`,
      [CONFLICTS],
    );
    await database.query(
      `INSERT INTO conflicts (kind, hospital, issuer, local_id, number, other_person_id, risk, opened_at, waiting, decision, decided_at)
       SELECT CASE WHEN n % 1000 = 0 THEN 'HOSPITAL_MERGE' ELSE 'SHARED_ID' END, 'H' || n % 20, '', 'L' || n, '', 'P' || 1 + n % 1000,
              20 + n * 7 % 81, now(), n % 10 = 0, CASE WHEN n % 4 = 0 THEN 'keep-apart' END,
              CASE WHEN n % 4 = 0 THEN now() - n * interval '1 minute' END
       FROM generate_series(1, $1::int) n`,
      [CONFLICTS],
    );
    await database.query('VACUUM ANALYZE conflicts');
    await database.query('VACUUM ANALYZE patients');
    await database.query('VACUUM ANALYZE persons');
  }, 120_000);
  afterAll(() => postgres.stop());

  const page = (told: Partial<QueuePage>): QueuePage => ({ state: 'open', after: null, limit: 21, ...told });

  it.each<[string, QueuePage]>([
    ['the first page', page({})],
    ['a page far down', page({ after: { rank: '50', conflictId: '50000' } })],
    ['those that wait', page({ state: 'waiting' })],
    ['of one hospital', page({ hospital: 'H7' })],
    ['of a rare kind', page({ kind: 'HOSPITAL_MERGE', state: 'waiting' })],
    ['those decided', page({ state: 'decided' })],
    ['decided long ago', page({ state: 'decided', after: { rank: '1700000000000000', conflictId: '1' } })],
  ])('is read in its order from an index: %s', async (_, asked) => {
    const { text, values } = conflictQueueSql(asked);
    const explained = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    const plan = explained[0]?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('There is no plan');
    const nodes = nodesOf(plan);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Sort')).toEqual([]);
    const read = nodes.map((node) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0));
    expect(Math.max(...read)).toBeLessThan(1_500);
  });

  it('has each conflict on one page only, in the order of risk', async () => {
    const seen: string[] = [];
    for (let after: QueuePage['after'] = null; seen.length < 300; ) {
      const found = await listConflicts(database, page({ after, limit: 50 }));
      seen.push(...found.map(({ conflictId }) => conflictId));
      after = found.at(-1)?.cursor ?? null;
    }
    const [all] = await database.query<{ ids: string[] }>(
      `SELECT array_agg(conflict_id ORDER BY risk DESC, conflict_id) AS ids FROM (
         SELECT conflict_id, risk FROM conflicts WHERE decision IS NULL AND NOT waiting ORDER BY risk DESC, conflict_id LIMIT 300
       ) AS first`,
    );
    expect(seen).toEqual(all?.ids);
  });
});

interface PlanNode {
  'Node Type': string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
