import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import { Explained, filledDatabase, type TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { AuditLogStore } from './audit-log.store.js';
import { WitnessStore } from './witness.store.js';

/** A checkpoint a minute for five months, at two of which the keys turned; 100 hospitals that sign each hour. */
const FILL = [
  `INSERT INTO log_checkpoints (size, note, sealed_at, turns_keys)
   SELECT n * 100, repeat('x', 400), now() - (200000 - n) * interval '1 minute', n IN (50000, 150000) FROM generate_series(1, 200000) n`,
  `INSERT INTO log_witness_keys SELECT 'H' || n, repeat('k', 80) || n, now() FROM generate_series(1, 100) n`,
  `INSERT INTO log_cosignatures
   SELECT 'H' || n, hour * 6000, repeat('x', 180), now() - (3333 - hour) * interval '1 hour'
   FROM generate_series(1, 100) n, generate_series(1, 3333) hour`,
  'VACUUM ANALYZE',
];

describe('the checkpoints and cosignatures of a province', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([consentAuditMigrations], FILL));
  }, 180_000);
  afterAll(() => postgres.stop());

  const now = new Date();
  const note = (n: number) => ({ size: n * 6000, note: '' });
  type Ask = (log: AuditLogStore, witnesses: WitnessStore) => Promise<unknown>;

  it.each<[string, Ask, mostBlocks: number]>([
    ['the one that lasts', (log) => log.lastingCheckpoint(now), 20],
    ['where the keys turned', (log) => log.turns(), 20],
    ['a new one', (log) => log.keepCheckpoint({ size: 20_000_100, note: '' }, now, false), 50],
    ['the newest that is signed', (_, witnesses) => witnesses.newestSize(), 20],
    ['who signed some', (_, witnesses) => witnesses.cosigned([note(7), note(3333)]), 300],
    ['who signs', (_, witnesses) => witnesses.witnesses(), 1_000],
    [
      'a signature',
      (_, witnesses) => witnesses.keepCosignature({ hospital: 'H7', size: 3333 * 6000, line: '' }, now),
      100,
    ],
    ['a key', (_, witnesses) => witnesses.keepKey('H7', 'another', now), 30],
  ])('%s: by indexes', async (_, ask, mostBlocks) => {
    const explained = new Explained(database);
    // What is written is written twice: the second time changes nothing.
    await ask(new AuditLogStore(explained), new WitnessStore(explained)).catch((error) => {
      if (error.code !== '23505') throw error;
    });
    expect(explained.tables).not.toEqual([]);
    expect(explained.scanned.filter((table) => table !== 'log_witness_keys')).toEqual([]);
    expect(explained.blocks).toBeLessThan(mostBlocks);
  });
});
