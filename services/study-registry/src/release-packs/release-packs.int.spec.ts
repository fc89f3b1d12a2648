import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { FileObjectStore, ObjectStore } from '@yinglian/objects';
import { migrate } from '@yinglian/persistence';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { runRebuild } from '../rebuild-index/run-rebuild.js';
import { packStore } from '../recompress-packs/pack-store.js';
import { compacted } from '../recompress-packs/testing/compact-store.js';
import { packKey } from '../storage/pack-index.js';
import { PackSource } from '../storage/pack-source.js';
import { studyRegistryMigrations } from '../study-registry.module.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { Scrubbed } from '../testing/scrubbed.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { NoteReadings } from './note-readings.js';
import { PacksToRelease } from './packs-to-release.js';
import { ReleaseSettings } from './release-settings.js';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const MIB = 1024 * 1024;

interface Pulled extends TestPack {
  readonly address: string;
  readonly studyUid: string;
  readonly files: readonly Buffer[];
}

describe('packs that were pulled and are read no more', () => {
  let replica: string;
  let registry: RegistryService;
  let gateway: HospitalGateway;
  let primary: StoredObjects;
  let copies: StoredObjects;
  beforeAll(async () => {
    replica = await mkdtemp(join(tmpdir(), 'yinglian-replica-'));
    registry = await RegistryService.start(undefined, {
      PULLED_KEEP_DAYS: '30',
      PULL_WAIT_MS: '5000',
      REPLICA_URL: pathToFileURL(replica).href,
      SCRUB_BYTES_PER_SECOND: '100000000',
    });
    gateway = new HospitalGateway(registry, 'H002');
    primary = new StoredObjects(registry.environment.OBJECTS_FOLDER ?? '');
    copies = new StoredObjects(replica);
    await new Scrubbed(registry, primary, copies).atRest(2);
  });
  afterAll(async () => {
    await registry.stop();
    await rm(replica, { recursive: true, force: true });
  });

  const { query } = { query: (sql: string, values: unknown[] = []) => registry.database.query(sql, values) };
  const given = async ({ address }: Pulled) =>
    partsOf(await registry.get(address, FILES, { hospital: 'H002' })).map(({ body }) => body);
  const isWhole = (bodies: readonly Buffer[], { files }: Pulled) =>
    bodies.length === files.length && bodies.every((body, at) => body.equals(files[at] ?? Buffer.alloc(0)));
  /** Somebody opens it, and its gateway brings it; resolves with what was read. */
  const opened = async (pack: Pulled) => {
    const reading = given(pack);
    await until(async () => (await gateway.pulls(200)).includes(pack.digest));
    expect((await gateway.bring(pack)).status).toBeLessThan(300);
    return reading;
  };
  const pulled = async (slices = 2): Promise<Pulled> => {
    const series = ctSeries(slices);
    const files = series.slices.map(fileOf);
    const address = `/dicom-web/studies/${series.studyInstanceUid}`;
    const pack = { ...(await gateway.keep(files)), files, address, studyUid: series.studyInstanceUid };
    await copied();
    expect(isWhole(await opened(pack), pack)).toBe(true);
    await copied();
    return pack;
  };
  /** To the replica, whatever waited for it. */
  const copied = () => until(async () => (await query('SELECT 1 FROM replica_queue')).length === 0);
  const aged = async ({ digest }: Pulled, days = 40) => {
    await registry.service.app.get(NoteReadings).keep();
    await query('UPDATE pulled_packs SET read_at = read_at - make_interval(days => $2) WHERE digest = $1', [
      digest,
      days,
    ]);
  };
  const isAway = async ({ digest }: Pulled) => {
    const [row] = await registry.database.query<{ away: boolean }>(
      `SELECT at_hospital AND NOT EXISTS (SELECT 1 FROM released_packs WHERE digest = $1) AS away FROM packs WHERE digest = $1`,
      [digest],
    );
    return row?.away === true;
  };
  const letGo = async (pack: Pulled) => {
    await aged(pack);
    await saysUntilAway(pack);
  };
  /** A gateway says it as often as it is asked. */
  const saysUntilAway = (pack: Pulled) =>
    until(async () => {
      await gateway.says(pack, true);
      return isAway(pack);
    });
  /** What it is asked for while something is done. */
  const bringing = async <T>(pack: Pulled, done: Promise<T>): Promise<T> => {
    let isDone = false;
    const ending = done.finally(() => {
      isDone = true;
    });
    ending.catch(() => {});
    while (!isDone) if ((await gateway.pulls(100)).includes(pack.digest)) await gateway.bring(pack);
    return ending;
  };
  const operations = async () =>
    (await registry.get('/api/study-registry/operations', 'application/json', { roles: ['administrator'] })).json;
  /** The worker has looked twice since. */
  const lookedAt = () => new Promise((wait) => setTimeout(wait, 5_000));

  it('are let go when their gateway has them, and are pulled again by whoever opens them', async () => {
    const pack = await pulled();
    expect([await gateway.toRelease(), primary.has(pack.digest), copies.has(pack.digest)]).toEqual([[], true, true]);
    await aged(pack);
    expect(await gateway.toRelease()).toEqual([pack.digest]);
    await lookedAt();
    // Nobody has said yet that it is there.
    expect(primary.has(pack.digest)).toBe(true);
    const metadata = (await registry.get(`${pack.address}/metadata`, undefined, { hospital: 'H002' })).json;
    await saysUntilAway(pack);
    expect([await gateway.toRelease(), primary.has(pack.digest), primary.has(pack.digest, '.outline')]).toEqual([
      [],
      false,
      true,
    ]);
    await copied();
    expect([copies.has(pack.digest, '.outline'), copies.has(pack.digest)]).toEqual([true, false]);
    expect((await registry.get(`${pack.address}/metadata`, undefined, { hospital: 'H002' })).json).toEqual(metadata);
    const { atHospitals } = await operations();
    expect(atHospitals).toEqual([
      expect.objectContaining({ hospital: 'H002', packs: 1, releasedPacks: 1, releasedBytes: pack.bytes.length }),
    ]);
    expect(isWhole(await opened(pack), pack)).toBe(true);
    expect([primary.has(pack.digest), isWhole(await given(pack), pack)]).toEqual([true, true]);
    await copied();
    expect(copies.has(pack.digest)).toBe(true);
    // And once more.
    await letGo(pack);
    expect(isWhole(await opened(pack), pack)).toBe(true);
  });

  it('stay when they were read, which is noted once a day', async () => {
    const pack = await pulled();
    await aged(pack);
    await gateway.says(pack, false);
    await query('INSERT INTO pulled_packs (digest, hospital, size_bytes, read_at) VALUES ($1, $2, 1, $3)', [
      pack.digest,
      'H002',
      new Date(Date.now() - 40 * 24 * 3_600_000),
    ]);
    expect(await gateway.toRelease()).toEqual([pack.digest]);
    const readings = new NoteReadings(registry.database);
    const readAt = async () =>
      (
        await registry.database.query<{ at: Date }>('SELECT read_at AS at FROM pulled_packs WHERE digest = $1', [
          pack.digest,
        ])
      )[0]?.at;
    readings.read(pack.digest);
    await readings.keep();
    const first = await readAt();
    expect(Date.now() - (first?.getTime() ?? 0)).toBeLessThan(10_000);
    const others = new NoteReadings(registry.database);
    others.read(pack.digest);
    await others.keep();
    expect([await readAt(), await gateway.toRelease()]).toEqual([first, []]);
  });

  it('are noted as read by whoever opens their study', async () => {
    const pack = await pulled();
    await aged(pack);
    // Known from when it was pulled; an hour later it is noted again.
    const readings = registry.service.app.get(NoteReadings);
    Object.assign(readings, { known: new Map() });
    expect(isWhole(await given(pack), pack)).toBe(true);
    await readings.keep();
    expect(await gateway.toRelease()).toEqual([]);
  });

  it('are read to the end by who has begun', async () => {
    const pack = await pulled(40);
    const token = await registry.issuer.personToken({ subject: 'dr.x', roles: ['clinician'], hospital: 'H002' });
    const headers = { authorization: `Bearer ${token}`, accept: FILES };
    const { promise: read, resolve, reject } = Promise.withResolvers<number>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<() => void>();
    request(`${registry.address}${pack.address}`, { headers }, (response) => {
      let bytes = 0;
      response.once('data', () => {
        response.pause();
        begin(() => response.resume());
      });
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('error', reject);
      response.on('close', () => resolve(response.complete ? bytes : 0));
    }).end();
    const goOn = await begun;
    await letGo(pack);
    expect(primary.has(pack.digest)).toBe(false);
    goOn();
    expect(await bringing(pack, read)).toBeGreaterThan(pack.files.reduce((sum, { length }) => sum + length, 0));
    expect(pack.bytes.length).toBeGreaterThan(20 * MIB);
  });

  it('are pulled for who has begun to read what cannot be read on', async () => {
    const pack = await pulled(4);
    await compacted(registry.service.app.get(ObjectStore), packKey(pack.digest));
    const reader = await registry.service.app.get(PackSource).open(pack.digest);
    const middle = Math.floor(pack.bytes.length / 2);
    const [one] = [await reader.read(0, 1_000)];
    await letGo(pack);
    expect([primary.has(pack.digest), new StoredObjects(join(primary.folder, 'compact')).has(pack.digest)]).toEqual([
      false,
      false,
    ]);
    const rest = Promise.all([reader.read(middle, 300_000), reader.read(middle + 300_000, 1_000)]);
    const read = Buffer.concat([one, ...(await bringing(pack, rest))]);
    reader.release();
    expect(
      read.equals(Buffer.concat([pack.bytes.subarray(0, 1_000), pack.bytes.subarray(middle, middle + 301_000)])),
    ).toBe(true);
  });

  it('stay when their hospital uploads again, whatever it said before', async () => {
    const pack = await pulled();
    await aged(pack);
    // Its gateway deletes its own when this is answered.
    expect((await gateway.bring(pack)).status).toBe(200);
    await gateway.says(pack, true);
    await lookedAt();
    expect([await gateway.toRelease(), primary.has(pack.digest), await isAway(pack)]).toEqual([[], true, false]);
  });

  it('stay for good when their gateway lacks them', async () => {
    const pack = await pulled();
    await aged(pack);
    await gateway.says(pack, false);
    await gateway.says(pack, true);
    await lookedAt();
    expect([await gateway.toRelease(), primary.has(pack.digest)]).toEqual([[], true]);
  });

  it('are no business of another hospital', async () => {
    const pack = await pulled();
    await aged(pack);
    const other = new HospitalGateway(registry, 'H003');
    await other.says(pack, true);
    await lookedAt();
    expect([await other.toRelease(), primary.has(pack.digest)]).toEqual([[], true]);
  });

  it('stay as long as their study is held', async () => {
    const pack = await pulled();
    const steward = new DecidingSteward(registry);
    expect((await steward.decide(pack.studyUid, { decision: 'hold' })).status).toBe(200);
    await aged(pack);
    await gateway.says(pack, true);
    await lookedAt();
    expect([primary.has(pack.digest), await isAway(pack)]).toEqual([true, false]);
    expect((await steward.decide(pack.studyUid, { decision: 'release' })).status).toBe(200);
    await saysUntilAway(pack);
  });

  it('are not let go when they are damaged here, and are healed', async () => {
    const pack = await pulled();
    await aged(pack);
    await primary.flip(pack.digest, '', 300_000);
    await gateway.says(pack, true);
    await until(async () => isWhole(await given(pack), pack));
    expect([await isAway(pack), primary.has(pack.digest)]).toEqual([false, true]);
  });

  it('are at their hospital in a database that is built again', async () => {
    await letGo(await pulled());
    const url = await registry.postgres.createDatabase('rebuilt');
    for (const set of [studyRegistryMigrations, messagingMigrations, accessMigrations]) await migrate(url, set);
    const objects = packStore(new FileObjectStore(primary.folder));
    const lines: string[] = [];
    const settings = { databaseUrl: url, compareUrl: registry.environment.DATABASE_URL };
    const write = { line: (line: string) => lines.push(line), progress: () => {} };
    expect(await runRebuild(objects, settings, write, new AbortController().signal)).toBe(true);
    await objects.close();
    expect(lines.at(-1)).toBe('Equal, row by row.');
  });

  it('beyond a bound of bytes are those that were read longest ago', async () => {
    await query('DELETE FROM pulled_packs');
    for (const days of [2, 3, 4, 5])
      await query(
        `INSERT INTO pulled_packs (digest, hospital, size_bytes, read_at) VALUES ($1, 'H002', 100, now() - make_interval(days => $2))`,
        [`d${days}`, days],
      );
    const toRelease = async (bytes: number, keepDays?: number) => {
      const settings = new ReleaseSettings({ PULLED_KEEP_BYTES: bytes, PULLED_KEEP_DAYS: keepDays });
      const readUntil = await new PacksToRelease(registry.database, settings).readUntil();
      const rows = await registry.database.query<{ digest: string }>(
        'SELECT digest FROM pulled_packs WHERE read_at <= $1 ORDER BY digest',
        [readUntil ?? new Date(0)],
      );
      return rows.map(({ digest }) => digest).join(' ');
    };
    expect([await toRelease(400), await toRelease(399), await toRelease(200), await toRelease(0)]).toEqual([
      '',
      'd5',
      'd4 d5',
      'd2 d3 d4 d5',
    ]);
    expect([await toRelease(350, 4), await toRelease(1_000, 3)]).toEqual(['d4 d5', 'd3 d4 d5']);
    await query('DELETE FROM pulled_packs');
  });
});

it('a registry that is told nothing of it keeps what was pulled', async () => {
  const registry = await RegistryService.start();
  const gateway = new HospitalGateway(registry);
  const pack = await gateway.keep(ctSeries(1).slices.map(fileOf));
  expect((await gateway.bring(pack)).status).toBeLessThan(300);
  await registry.database.query("UPDATE pulled_packs SET read_at = now() - interval '5 years'");
  await gateway.says(pack, true);
  expect(await gateway.toRelease()).toEqual([]);
  await new Promise((wait) => setTimeout(wait, 3_000));
  expect(new StoredObjects(registry.environment.OBJECTS_FOLDER ?? '').has(pack.digest)).toBe(true);
  await registry.stop();
});
