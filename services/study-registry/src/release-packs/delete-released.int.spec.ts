import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { ScrubWorker } from '../scrub-packs/scrub.worker.js';
import { StudyStore } from '../storage/study.store.js';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { StoredObjects } from '../testing/stored-objects.js';
import { DeleteReleased } from './delete-released.js';
import { ReleasePack } from './release-pack.js';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a pack that is let go, whose bytes are not deleted yet', () => {
  let registry: RegistryService;
  let gateway: HospitalGateway;
  let store: StoredObjects;
  beforeAll(async () => {
    registry = await RegistryService.start();
    gateway = new HospitalGateway(registry);
    store = new StoredObjects(registry.environment.OBJECTS_FOLDER ?? '');
    // As if its process had been killed.
    await registry.service.app.get(ScrubWorker).onModuleDestroy();
  });
  afterAll(() => registry.stop());

  const released = async () => {
    const series = ctSeries(2);
    const pack = await gateway.keep(series.slices.map(fileOf));
    await gateway.bring(pack);
    await gateway.says(pack, true);
    expect(await registry.service.app.get(ReleasePack).execute(pack.digest, new Date(Date.now() + 1_000))).toBe(true);
    expect(await isAway(pack)).toBe(true);
    return { ...pack, studyUid: series.studyInstanceUid };
  };
  const isAway = async ({ digest }: TestPack) => {
    const [row] = await registry.database.query<{ away: boolean }>(
      'SELECT at_hospital AS away FROM packs WHERE digest = $1',
      [digest],
    );
    return row?.away;
  };
  const deleted = () => registry.service.app.get(DeleteReleased).execute(100);
  const filesOf = async (studyUid: string) =>
    partsOf(await registry.get(`/dicom-web/studies/${studyUid}`, FILES)).length;

  it('is read as ever until then, and deleted by the next process', async () => {
    const pack = await released();
    expect([store.has(pack.digest), await filesOf(pack.studyUid), await gateway.pulls()]).toEqual([true, 2, []]);
    expect([await deleted(), store.has(pack.digest), store.has(pack.digest, '.outline')]).toEqual([true, false, true]);
    expect(await deleted()).toBe(false);
  });

  it('stays when it was brought again', async () => {
    const pack = await released();
    expect((await gateway.bring(pack)).status).toBe(201);
    expect([await deleted(), store.has(pack.digest), await isAway(pack)]).toEqual([true, true, false]);
    expect(await filesOf(pack.studyUid)).toBe(2);
  });

  it('is not taken for one that is here when its bytes are deleted while it is brought', async () => {
    const pack = await released();
    const waiting = async () => {
      const [row] = await registry.database.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
      );
      return row?.n ?? 0;
    };
    const [deleting, bringing] = await registry.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(pack.studyUid);
      const first = deleted();
      await until(async () => (await waiting()) === 1);
      // It is in the store already when it waits to be registered.
      const second = gateway.bring(pack);
      await until(async () => (await waiting()) === 2);
      return [first, second] as const;
    });
    expect([await deleting, (await bringing).status]).toEqual([true, 503]);
    expect([store.has(pack.digest), await isAway(pack)]).toEqual([false, true]);
    expect((await gateway.bring(pack)).status).toBe(201);
    expect([store.has(pack.digest), await isAway(pack), await filesOf(pack.studyUid)]).toEqual([true, false, 2]);
  });
});
