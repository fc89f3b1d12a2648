import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import { Explained, filledDatabase, type TestPostgres } from '@yinglian/testing';
import { directoryMigrations } from '../directory.module.js';
import { expireProposals, listProposals, waitingProposal } from './role-proposal.store.js';
import { listStaff, lockOffices, staffInvolved } from './staff.store.js';

/** 300,000 patients with accounts, 30,000 staff of 30 hospitals and three offices of the commission; ten years of proposals, of which 60 wait. */
const FILL = [
  `INSERT INTO hospitals (code, name, level, ae_title, calling_ae_titles, changed_at)
   SELECT 'H' || n, '', 'county', 'GW' || n, '{}', now() FROM generate_series(0, 29) n`,
  `INSERT INTO staff (username, display_name, roles, hospital, password_hash, changed_at)
   SELECT 'p.' || n, '', '{patient}'::text[], NULL, '', now() FROM generate_series(1, 300000) n
   UNION ALL SELECT 'dr.' || n, '', '{clinician}', 'H' || n % 30, '', now() FROM generate_series(1, 30000) n
   UNION ALL SELECT 'admin.' || n, '', '{administrator}', NULL, '', now() FROM generate_series(1, 2) n
   UNION ALL SELECT 'security', '', '{security-administrator}', NULL, '', now()`,
  `INSERT INTO role_proposals (account, account_version, roles, hospital, decided_at_hospital, reason, proposed_by, proposed_at,
     expires_at, state, decided_at)
   SELECT 'dr.' || n % 30000 + 1, 1, '{steward}', 'H' || n % 30, 'H' || n % 30, '', 'admin.1', at, at + interval '7 days',
     CASE WHEN n > 99940 THEN 'waiting' ELSE 'refused' END, CASE WHEN n <= 99940 THEN at END
   FROM generate_series(1, 100000) n CROSS JOIN LATERAL (SELECT now() - (100000 - n) * interval '1 minute' AS at) a`,
  'VACUUM ANALYZE',
];

describe('duties in a large province', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([directoryMigrations], FILL));
  }, 180_000);
  afterAll(() => postgres.stop());

  const waiting = { list: 'waiting', limit: 51, after: undefined } as const;
  const settled = { list: 'settled', limit: 51, after: 60_000 } as const;

  it.each<[string, number, (sql: Sql) => Promise<{ length?: number; size?: number } | undefined>, mostBlocks: number]>([
    ['what waits for the commission', 51, (sql) => listProposals(sql, { ...waiting, hospital: null }), 700],
    ['what waits at a hospital', 2, (sql) => listProposals(sql, { ...waiting, hospital: 'H7' }), 100],
    ['what is settled, from some page on', 51, (sql) => listProposals(sql, { ...settled, hospital: null }), 700],
    ['what is settled at a hospital', 51, (sql) => listProposals(sql, { ...settled, hospital: 'H7' }), 700],
    ['who holds an office', 2, (sql) => lockOffices(sql, 'admin.1'), 50],
    ['whom a decision involves', 3, (sql) => staffInvolved(sql, ['dr.7', 'security', 'admin.1']), 50],
    ['the staff of a hospital', 51, (sql) => listStaff(sql, { hospital: 'H7', after: 'dr.2', limit: 51 }), 200],
  ])('%s: %i rows by an index', async (_, rows, query, mostBlocks) => {
    const explained = new Explained(database);
    const found = await query(explained);
    expect([found?.length ?? found?.size, explained.scanned]).toEqual([rows, []]);
    expect(explained.blocks).toBeLessThan(mostBlocks);
  });

  it('what waits for one account, and what nobody decided on, is found by an index', async () => {
    const explained = new Explained(database);
    expect(await waitingProposal(explained, 'dr.9970')).toMatchObject({ state: 'waiting' });
    await expireProposals(explained, new Date());
    expect(explained.scanned).toEqual([]);
    expect(explained.blocks).toBeLessThan(100);
  });
});
