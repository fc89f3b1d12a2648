import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { ctSeries, fileOf, until } from '@yinglian/testing';
import { StudyStore } from '../storage/study.store.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService } from '../testing/registry-service.js';
import { OpenedStudies } from './opened-studies.js';

const WHOLE = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a study that is opened again and again', () => {
  let registry: RegistryService;
  /** Of another process of the service. */
  let database: Database;
  let others: OpenedStudies;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  beforeEach(async () => {
    database = new Database({ url: registry.environment.DATABASE_URL ?? '', applicationName: 'another process' });
    others = new OpenedStudies(database);
    await others.onApplicationBootstrap();
  });
  afterEach(async () => {
    await others.onModuleDestroy();
    await database.close();
  });
  afterAll(() => registry.stop());

  const stored = async () => {
    const series = ctSeries(2);
    await registry.store('H001', series.slices.map(fileOf));
    return { ...series, uid: series.studyInstanceUid };
  };
  const described = async (uid: string) => (await others.find(uid))?.description;
  const describeByHand = (uid: string, text: string) =>
    registry.database.query('UPDATE studies SET description = $2 WHERE study_uid = $1', [uid, text]);

  it('is read once, while nobody says that it has changed', async () => {
    const { uid } = await stored();
    const before = await described(uid);
    await describeByHand(uid, '别的');
    expect(await described(uid)).toBe(before);
    // What is asked for of it otherwise is read.
    const { packs = [] } = (await others.find(uid)) ?? {};
    expect((await others.find(uid, packs[0]?.series_uid))?.description).toBe('别的');
  });

  it('is read again once any process has changed it', async () => {
    const { uid } = await stored();
    await described(uid);
    await registry.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(uid);
      await tx.query('UPDATE studies SET description = $2 WHERE study_uid = $1', [uid, '改过']);
    });
    await until(async () => (await described(uid)) === '改过');
  });

  it('is read again once it is another person’s', async () => {
    const { uid, patientId } = await stored();
    await others.find(uid);
    await registry.link('H001', patientId, 'P00000000000000000000000077');
    await until(async () => (await others.find(uid))?.person_id === 'P00000000000000000000000077');
  });

  it('is read again at once by the process that has withdrawn it, restored it, or taken in more of it', async () => {
    const { studyInstanceUid: uid, slices } = ctSeries(2);
    const [first, late] = slices.map(fileOf);
    await registry.store('H001', [first ?? Buffer.alloc(0)]);
    const address = `/dicom-web/studies/${uid}`;
    const steward = new DecidingSteward(registry);
    const statusNow = async () => (await registry.get(address, WHOLE)).status;
    expect(await statusNow()).toBe(200);
    await steward.withdraw(uid);
    expect(await statusNow()).toBe(410);
    await steward.restore(uid);
    expect(await statusNow()).toBe(200);
    await registry.store('H001', [late ?? Buffer.alloc(0)]);
    expect((await registry.get(`${address}/metadata`)).json).toHaveLength(2);
  });

  it('is read each time while nothing can be heard of it', async () => {
    const { uid } = await stored();
    await described(uid);
    await registry.database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listens to changed_studies'",
    );
    await describeByHand(uid, '没人说');
    await until(async () => (await described(uid)) === '没人说');
    const listening = () =>
      registry.database.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'listens to changed_studies' AND query LIKE 'LISTEN%'",
      );
    await until(async () => (await listening()).length === 2);
  });
});
