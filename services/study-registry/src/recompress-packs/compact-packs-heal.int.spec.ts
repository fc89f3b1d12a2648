import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { FileObjectStore } from '@yinglian/objects';
import { migrate } from '@yinglian/persistence';
import { until } from '@yinglian/testing';
import { runRebuild } from '../rebuild-index/run-rebuild.js';
import { packKey } from '../storage/pack-index.js';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { Recompressed } from '../testing/recompressed.js';
import { Scrubbed, type StoredPack } from '../testing/scrubbed.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { packStore } from './pack-store.js';
import { compacted } from './testing/compact-store.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('compact packs, with a replica', () => {
  let replica: string;
  let recompressed: Recompressed;
  let scrubbed: Scrubbed;
  beforeAll(async () => {
    replica = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    recompressed = await Recompressed.start({
      REPLICA_URL: pathToFileURL(replica).href,
      SCRUB_BYTES_PER_SECOND: '100000000',
    });
    scrubbed = new Scrubbed(recompressed.registry, recompressed.primary, new StoredObjects(replica));
    await scrubbed.atRest(2);
  });
  afterAll(async () => {
    await recompressed.registry.stop();
    await rm(replica, { recursive: true, force: true });
  });

  const compact = async (): Promise<StoredPack> => {
    const pack = await scrubbed.copied();
    await recompressed.twoDaysLater();
    expect(recompressed.formsOf(pack.digest)).toBe('compact');
    return pack;
  };
  const isAccounted = async ({ digest }: StoredPack) =>
    (await recompressed.registry.database.query('SELECT 1 FROM compact_packs WHERE digest = $1', [digest])).length ===
    1;
  const sizeOf = async ({ digest }: StoredPack) => (await stat(recompressed.compact.pathOf(digest))).size;
  /** In the table, among the coded pixels, and in what stays as it is behind them. */
  const places: Record<string, (pack: StoredPack) => Promise<number>> = {
    'its table': async () => 60,
    'coded pixels': async (pack) => Math.floor((await sizeOf(pack)) / 2),
    'the rest': async (pack) => (await sizeOf(pack)) - 20,
  };

  it('are sound as they are', async () => {
    const pack = await compact();
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect([await scrubbed.found(pack), recompressed.formsOf(pack.digest)]).toEqual([[], 'compact']);
  });

  it.each(Object.keys(places))('heal when a bit of %s has turned, and are stored compact again', async (where) => {
    const pack = await compact();
    await recompressed.compact.flip(pack.digest, '', await places[where]?.(pack));
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.found(pack)).toEqual(['primary pack digest-differs operator healed replica']);
    expect(await scrubbed.answers(pack)).toBe(200);
    // The damaged one is kept aside as it was stored.
    expect([recompressed.formsOf(pack.digest), await isAccounted(pack)]).toEqual(['plain', false]);
    const [aside = ''] = scrubbed.primary.laidBy(pack.digest);
    expect((await readFile(aside)).subarray(0, 8).toString()).toBe('YLCOMP01');
    await recompressed.twoDaysLater();
    expect([recompressed.formsOf(pack.digest), await isAccounted(pack)]).toEqual(['compact', true]);
    expect([await scrubbed.verify(pack), await scrubbed.answers(pack)]).toEqual([[true, true], 200]);
  });

  it.each([
    [
      'are too short',
      async ({ digest }: StoredPack, size: number) => truncate(recompressed.compact.pathOf(digest), size - 1),
    ],
    [
      'have lost all but their table',
      async ({ digest }: StoredPack) => truncate(recompressed.compact.pathOf(digest), 400),
    ],
    ['are empty', async ({ digest }: StoredPack) => truncate(recompressed.compact.pathOf(digest), 0)],
    [
      'are something else',
      async ({ digest }: StoredPack) => writeFile(recompressed.compact.pathOf(digest), 'YLCOMP01????'),
    ],
    ['are gone', async ({ digest }: StoredPack) => recompressed.compact.remove(digest)],
  ])('are answered with INSTANCE_DAMAGED when they %s, and healed', async (_, harm) => {
    const pack = await compact();
    await harm(pack, await sizeOf(pack));
    const answer = await recompressed.registry.get(pack.address, MULTIPART);
    expect([answer.status, answer.json.code]).toEqual([500, 'INSTANCE_DAMAGED']);
    await until(async () => (await scrubbed.answers(pack)) === 200);
    expect(recompressed.primary.has(pack.digest)).toBe(true);
  });

  it('break an answer off that has begun, where pixels have changed', async () => {
    const pack = await compact();
    await recompressed.compact.flip(pack.digest, '', await places['coded pixels']?.(pack));
    const frame = `${pack.address}/series/${pack.manifest.seriesInstanceUid}/instances/${pack.manifest.instances[0]?.sopInstanceUid}/frames/1`;
    const answer = await recompressed.registry.get(frame, 'application/octet-stream');
    expect([answer.status, answer.json.code]).toEqual([500, 'INSTANCE_DAMAGED']);
    await until(async () => (await scrubbed.answers(pack)) === 200);
  });

  it('heal the replica', async () => {
    const pack = await compact();
    await scrubbed.replica.flip(pack.digest);
    expect(await scrubbed.verify(pack)).toEqual([true, true]);
    expect(await scrubbed.found(pack)).toEqual(['replica pack digest-differs operator healed primary']);
    expect(recompressed.formsOf(pack.digest)).toBe('compact');
  });

  it('are made of no damaged pack', async () => {
    const pack = await scrubbed.copied();
    await scrubbed.primary.flip(pack.digest, '', 200_000);
    await recompressed.twoDaysLater();
    expect([recompressed.compact.has(pack.digest), await isAccounted(pack)]).toEqual([false, false]);
    await until(
      async () => (await scrubbed.found(pack)).join() === 'primary pack digest-differs retrieval healed replica',
    );
    // It was to be looked at again.
    await recompressed.twoDaysLater();
    expect(recompressed.formsOf(pack.digest)).toBe('compact');
  });

  it('are tidied up after a crash, whatever it left', async () => {
    const [beside, broken, deleted] = [await scrubbed.copied(), await scrubbed.copied(), await scrubbed.copied()];
    const store = packStore(new FileObjectStore(recompressed.primary.folder));
    // Before the pack was deleted, before its compact form was whole, before it was accounted for.
    await compacted(store, packKey(deleted.digest));
    await compacted(store, packKey(beside.digest));
    await writeFile(recompressed.primary.pathOf(beside.digest), beside.bytes);
    const half = await store.stored.receive(halfOf(beside.bytes), beside.bytes.length);
    await half.keep(store.compactKey(packKey(broken.digest))).finally(half.discard);
    await store.close();
    expect([beside, broken, deleted].map(({ digest }) => recompressed.formsOf(digest))).toEqual([
      'plain and compact',
      'plain and compact',
      'compact',
    ]);
    expect(await Promise.all([beside, broken, deleted].map((pack) => scrubbed.answers(pack)))).toEqual([200, 200, 200]);
    await recompressed.twoDaysLater();
    for (const pack of [beside, broken, deleted]) {
      expect([recompressed.formsOf(pack.digest), await isAccounted(pack)]).toEqual(['compact', true]);
      expect([await scrubbed.verify(pack), await scrubbed.answers(pack)]).toEqual([[true, true], 200]);
    }
  });

  it('are accounted for again when the store is said to be another one', async () => {
    await compact();
    const before = (await recompressed.operations()).recompression;
    expect((await scrubbed.ask('POST', '/places/primary/accept')).status).toBeLessThan(300);
    await recompressed.twoDaysLater();
    expect((await recompressed.operations()).recompression).toEqual(before);
    const [queued] = await recompressed.registry.database.query('SELECT count(*)::int AS n FROM compact_packs');
    expect(queued).toEqual({ n: before.packs });
  });

  it('say all that the database is built of', async () => {
    const { registry } = recompressed;
    const [{ n: packs } = { n: 0 }] = await registry.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM packs',
    );
    const damaged = await compact();
    const url = await registry.postgres.createDatabase('rebuilt');
    for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(url, set);
    const rebuild = async (databaseUrl: string) => {
      const lines: string[] = [];
      const objects = packStore(new FileObjectStore(recompressed.primary.folder));
      const write = { line: (line: string) => lines.push(line), progress: () => {} };
      const settings = { databaseUrl, compareUrl: registry.environment.DATABASE_URL };
      const isWell = await runRebuild(objects, settings, write, new AbortController().signal);
      await objects.close();
      return { isWell, lines };
    };
    const { isWell, lines } = await rebuild(url);
    expect([isWell, lines.at(0), lines.at(-1)]).toEqual([
      true,
      expect.stringMatching(`^${packs + 1} of ${packs + 1} packs registered`),
      'Equal, row by row.',
    ]);
    await truncate(recompressed.compact.pathOf(damaged.digest), 500);
    const other = await registry.postgres.createDatabase('rebuilt');
    for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(other, set);
    const without = await rebuild(other);
    expect([without.isWell, without.lines.at(0)]).toEqual([
      false,
      expect.stringMatching(`^${packs} of ${packs + 1} packs registered`),
    ]);
    expect(without.lines.join('\n')).toContain(damaged.digest);
  });
});

async function* halfOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes.subarray(0, bytes.length / 2);
}
