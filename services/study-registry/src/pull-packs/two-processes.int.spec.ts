import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryProcess } from '../testing/registry-process.js';
import { RegistrySurroundings } from '../testing/registry-surroundings.js';
import { StoredObjects } from '../testing/stored-objects.js';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';

interface Kept extends TestPack {
  readonly address: string;
  readonly files: readonly Buffer[];
}

describe('two processes on one database and one store', () => {
  let surroundings: RegistrySurroundings;
  let database: Database;
  let store: StoredObjects;
  let one: RegistryProcess;
  let other: RegistryProcess;
  beforeAll(async () => {
    // Longer than a killed process is waited for.
    surroundings = await RegistrySurroundings.start(undefined, { PULL_WAIT_MS: '60000' });
    const { DATABASE_URL = '', OBJECTS_FOLDER = '' } = surroundings.environment;
    database = surroundings.postgres.connect(DATABASE_URL);
    store = new StoredObjects(OBJECTS_FOLDER);
    one = await RegistryProcess.start(surroundings);
    other = await RegistryProcess.start(surroundings);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await surroundings.stop();
  });

  const gatewayAt = (registry: RegistryProcess) => new HospitalGateway(registry);
  const kept = async (slices: number): Promise<Kept> => {
    const series = ctSeries(slices);
    const files = series.slices.map(fileOf);
    const pack = await gatewayAt(one).keep(files);
    return { ...pack, files, address: `/dicom-web/studies/${series.studyInstanceUid}` };
  };
  const isGiven = async (registry: RegistryProcess, { address, files }: Kept) => {
    const given = partsOf(await registry.get(address, FILES)).map(({ body }) => body);
    return given.length === files.length && given.every((file, at) => file.equals(files[at] ?? Buffer.alloc(0)));
  };
  /** What a gateway hears that asks both at the same time. */
  const told = async () => (await Promise.all([gatewayAt(one).pulls(2_000), gatewayAt(other).pulls(2_000)])).flat();
  const isWanted = ({ digest }: TestPack) =>
    until(async () => (await database.query('SELECT 1 FROM pulls WHERE digest = $1', [digest])).length === 1);
  const state = async ({ digest }: TestPack) => {
    const [row] = await database.query<{ away: boolean; pulls: number }>(
      'SELECT at_hospital AS away, (SELECT count(*)::int FROM pulls) AS pulls FROM packs WHERE digest = $1',
      [digest],
    );
    return { ...row, isHere: store.has(digest), hasOutline: store.has(digest, '.outline') };
  };
  const HERE = { away: false, pulls: 0, isHere: true, hasOutline: false };

  it('have a pack brought once, and give all of it to the readers of both', async () => {
    const pack = await kept(20);
    const readers = [one, one, other, other].map((registry) => isGiven(registry, pack));
    await isWanted(pack);
    expect(await told()).toEqual([pack.digest]);
    const upload = await gatewayAt(one).begin(pack);
    await upload.send(Math.floor(pack.bytes.length / 2));
    // Who comes meanwhile has no second one brought.
    readers.push(isGiven(one, pack), isGiven(other, pack));
    expect(await upload.end()).toBe(201);
    expect(await Promise.all(readers)).toEqual([true, true, true, true, true, true]);
    expect([await state(pack), await told()]).toEqual([HERE, []]);
  }, 60_000);

  it('have it brought once more when the one to which it comes is killed, and the readers of the other get all of it', async () => {
    const pack = await kept(20);
    const lost = [isGiven(one, pack)].map((reading) => reading.catch(() => 'broken off'));
    const readers = [isGiven(other, pack), isGiven(other, pack)];
    await isWanted(pack);
    expect(await told()).toEqual([pack.digest]);
    const upload = await gatewayAt(one).begin(pack);
    await upload.send(Math.floor(pack.bytes.length / 2));
    await one.kill();
    upload.kill();
    expect(await Promise.all(lost)).toEqual(['broken off']);
    expect((await state(pack)).away).toBe(true);
    await until(async () => (await gatewayAt(other).pulls(1_000)).includes(pack.digest));
    expect((await gatewayAt(other).bring(pack)).status).toBe(201);
    expect(await Promise.all(readers)).toEqual([true, true]);
    one = await RegistryProcess.start(surroundings);
    expect(await Promise.all([isGiven(one, pack), isGiven(other, pack)])).toEqual([true, true]);
    expect([await state(pack), await told()]).toEqual([HERE, []]);
    expect(await readdir(join(store.folder, 'incoming'))).toEqual([]);
  }, 120_000);
});
