import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import type { TestPostgres } from '@yinglian/testing';
import { explainedPlan } from '../testing/explained-plan.js';
import { filledDatabase } from '../testing/filled-database.js';
import { CompactPackStore } from './compact-pack.store.js';
import { DamagedObjectStore } from './damaged-object.store.js';
import { DecisionCheckStore } from './decision-check.store.js';
import { KeptStore } from './kept.store.js';
import { PackStore } from './pack.store.js';
import { RecompressionStore } from './recompression.store.js';
import { ReplicaQueueStore } from './replica-queue.store.js';
import { ScrubPartStore } from './scrub-part.store.js';
import { ScrubRequestStore } from './scrub-request.store.js';

const FILL = [
  `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, study_date, study_time, accession_number, description,
     modalities, body_parts, state, arrived_at, updated_at)
   SELECT '1.2.' || n, 'H001', '', 'L' || n, '20261124', '', '', '', '{CT}', '{}', 'complete', now(), now()
   FROM generate_series(1, 1000) n`,
  `INSERT INTO packs (digest, study_uid, series_uid, hospital, size_bytes, stored, duplicates, quarantined, left_out)
   SELECT encode(sha256(n::text::bytea), 'hex'), '1.2.' || (1 + n % 1000), '1', 'H001', 1, 1, 0, 0, '{}'
   FROM generate_series(1, 100000) n`,
  `INSERT INTO documents (hospital, digest, size_bytes)
   SELECT hospital, encode(sha256(('D' || n)::bytea), 'hex'), 1 FROM generate_series(1, 50000) n, unnest(ARRAY['H001', 'H002']) hospital`,
  `INSERT INTO decision_checks (study_uid, due_at) SELECT '1.2.' || n, now() + interval '1 day' FROM generate_series(1, 20000) n`,
  `INSERT INTO retired_packs (digest) SELECT 'r' || n FROM generate_series(1, 20000) n`,
  `INSERT INTO replica_queue (digest) SELECT 'q' || n FROM generate_series(1, 50000) n`,
  `INSERT INTO scrub_requests (digest, asked_by) SELECT 'a' || n, 'retrieval' FROM generate_series(1, 20000) n`,
  `INSERT INTO damaged_objects (digest, place, object, damage, found_by, found_at, state, next_try_at)
   SELECT 'd' || n, 'primary', 'pack', 'missing', 'scrubber', now(), CASE WHEN n % 10 = 0 THEN 'damaged' ELSE 'healed' END, now()
   FROM generate_series(1, 50000) n`,
  `INSERT INTO recompress_again (digest, since) SELECT 'c' || n, now() - n * interval '1 second' FROM generate_series(1, 20000) n`,
  `INSERT INTO compact_packs SELECT 'c' || n, 'H001', 'CT', 10, 4 FROM generate_series(1, 50000) n`,
  `INSERT INTO compact_totals VALUES ('H001', 'CT', 50000, 500000, 200000)`,
  'ANALYZE',
];

describe('what scrubbing asks, among 100,000 packs', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase(FILL));
  }, 240_000);
  afterAll(() => postgres.stop());

  const part = { part: '7f', readThrough: '7f3a', isKnown: true };
  it.each<[string, (sql: Sql) => Promise<unknown>]>([
    ['the next packs of a part', (sql) => new KeptStore(sql).in(part, 100)],
    ['what is kept under a digest', (sql) => new KeptStore(sql).find('7f3a')],
    ['what is asked for', (sql) => new ScrubRequestStore(sql).next()],
    ['what is to be tried again', (sql) => new DamagedObjectStore(sql).due(new Date())],
    ['a page of what was healed', (sql) => new DamagedObjectStore(sql).list('healed', 40_000, 50)],
    ['decisions to compare', (sql) => new DecisionCheckStore(sql).next(new Date())],
    ['what is to be copied', (sql) => new ReplicaQueueStore(sql).next(4)],
    ['what is to be stored compact after all', (sql) => new RecompressionStore(sql).dueAgain(new Date())],
  ])('reads no table for %s', async (_, ask) => {
    const plan = await explainedPlan(database, ask);
    expect(plan).toMatch(/Index/);
    expect(plan).not.toMatch(/Seq Scan|"Sort"/);
  });

  it('reads the next packs in the order in which they were registered', async () => {
    const turns = new RecompressionStore(database);
    expect([await turns.passed(0, 40_000), await turns.passed(0, 7)]).toEqual([true, false]);
    const plan = await explainedPlan(database, (sql) => new RecompressionStore(sql).behind(40_000, 50));
    expect(plan).toMatch(/packs_0_sequence_idx/);
    expect(plan).not.toMatch(/Seq Scan|"Sort"/);
    const next = await turns.behind(await turns.through(), 50);
    expect(next.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, at) => 40_001 + at));
  });

  it('adds a compact pack to the sum once, and takes it from there, by its digest', async () => {
    const compact = new CompactPackStore(database);
    expect([await compact.remove('c7'), await compact.remove('c7')]).toEqual([true, false]);
    expect(await compact.totals()).toEqual([
      { hospital: 'H001', modality: 'CT', packs: 49_999, bytes: 499_990, storedBytes: 199_996 },
    ]);
    const digest = createHash('sha256').update('7').digest('hex');
    await compact.add(digest, { sizeBytes: 10, storedBytes: 5 });
    await compact.add(digest, { sizeBytes: 10, storedBytes: 4 });
    await compact.add('of no pack', { sizeBytes: 10, storedBytes: 4 });
    // Its series says no modality.
    expect(await compact.totals()).toEqual([
      { hospital: 'H001', modality: 'CT', packs: 49_999, bytes: 499_990, storedBytes: 199_996 },
      { hospital: 'H001', modality: '', packs: 1, bytes: 10, storedBytes: 4 },
    ]);
    const plan = await explainedPlan(database, (sql) => new CompactPackStore(sql).remove('c8'));
    expect(plan).toMatch(/compact_packs_pkey/);
  });

  it('reads one series’ packs for those that leave something out', async () => {
    const plan = await explainedPlan(database, (sql) => new PackStore(sql).leavingOut('1.2.7', '1'));
    expect(plan).toMatch(/study_uid_series_uid_sequence_idx/);
    expect(plan).not.toMatch(/Seq Scan/);
  });

  it('reads each pack once, part by part, in the order of digests, and remembers where it was', async () => {
    const parts = new ScrubPartStore(database);
    const first = await parts.next('primary', new Date());
    if (first === undefined) throw new Error('There is no part');
    expect(first).toEqual({ part: '00', readThrough: '', isKnown: false });
    const kept = new KeptStore(database);
    const packs = await kept.in(first, 1_000);
    const [row] = await database.query(
      "SELECT (SELECT count(*) FROM packs WHERE digest LIKE '00%') + (SELECT count(DISTINCT digest) FROM documents WHERE digest LIKE '00%') AS count",
    );
    expect({ count: String(packs.length) }).toEqual(row);
    await parts.readThrough('primary', '00', packs[9]?.digest ?? '');
    // Another process goes on there.
    const again = await parts.next('primary', new Date());
    expect(again?.readThrough).toBe(packs[9]?.digest);
    expect(await kept.in(again ?? first, 1_000)).toEqual(packs.slice(10));
    await parts.end('primary', '00');
    expect((await parts.next('primary', new Date(0)))?.part).toBe('01');
  });
});
