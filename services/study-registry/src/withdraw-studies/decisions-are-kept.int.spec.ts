import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ObjectStore } from '@yinglian/objects';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

describe('a decision about a study', () => {
  let registry: RegistryService;
  let steward: DecidingSteward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new DecidingSteward(registry);
  });
  afterAll(() => registry.stop());

  const aStudy = async (patientId = 'KEPT', hospital = 'H001') => {
    const { studyUid, files } = testStudy({ patientId });
    await registry.store(hospital, files);
    return studyUid;
  };
  /** Objects of decisions about a study. */
  const recorded = async (studyUid: string) => {
    const objects = registry.service.app.get(ObjectStore);
    const keys = (await Array.fromAsync(objects.list('decisions/'))).map(({ key }) => key);
    const own = keys.filter((key) => key.split('/')[2] === studyUid);
    return Promise.all(own.map(async (key) => JSON.parse((await objects.readAll(key)).toString('utf8'))));
  };

  it('lies among the objects, one for each, in their order', async () => {
    const uid = await aStudy();
    await steward.withdraw(uid, { reason: '113001', note: '运动伪影' });
    await steward.restore(uid);
    await steward.decide(uid, { decision: 'hold' });
    const records = await recorded(uid);
    expect(records.map(({ decision }) => decision)).toEqual(['withdraw', 'restore', 'hold']);
    expect(records[0]).toEqual({
      version: 1,
      studyInstanceUid: uid,
      hospital: 'H001',
      decision: 'withdraw',
      seriesInstanceUid: null,
      sopInstanceUid: null,
      reason: '113001',
      note: '运动伪影',
      decidedBy: 'steward.province',
      decidedByName: expect.any(String),
      decidedAt: expect.any(String),
      instances: 1,
      received: null,
    });
  });

  it('leaves nothing behind when its transaction fails after it was written', async () => {
    const uid = await aStudy();
    await registry.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The disk is full'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON untold_changes FOR EACH ROW WHEN (NEW.kind = 'withdrawn') EXECUTE FUNCTION refuse()`);
    expect((await steward.withdraw(uid)).status).toBe(500);
    await registry.database.query('DROP TRIGGER refuse ON untold_changes; DROP FUNCTION refuse()');
    expect(await recorded(uid)).toEqual([]);
    expect(await registry.find(`/studies?StudyInstanceUID=${uid}`)).toHaveLength(1);
    expect((await steward.decisionsOf(uid)).json.decisions).toEqual([]);
    expect((await steward.withdraw(uid)).status).toBe(200);
    expect(await recorded(uid)).toHaveLength(1);
  });

  it('waits while the database is built again: those of before come first', async () => {
    const uid = await aStudy();
    await registry.database.query('CREATE TABLE rebuild_plan ()');
    const answer = await steward.withdraw(uid);
    await registry.database.query('DROP TABLE rebuild_plan');
    expect([answer.status, answer.json.code]).toEqual([503, 'UNAVAILABLE']);
    expect(await recorded(uid)).toEqual([]);
    expect((await steward.withdraw(uid)).status).toBe(200);
  });

  it('keeps the lists right while the patient is linked to one person and another', async () => {
    const persons = ['A', 'B'].map((letter) => `P${letter.repeat(26)}`);
    const [one = '', other = ''] = persons;
    const mine = await aStudy('M');
    const theirs = [await aStudy('T1', 'H002'), await aStudy('T2', 'H003')];
    await registry.link('H002', 'T1', one);
    await registry.link('H003', 'T2', other);
    const linking = async () => {
      for (let version = 1; version <= 8; version += 1)
        await registry.link('H001', 'M', version % 2 === 0 ? one : other, version);
    };
    const deciding = async () => {
      const answers: number[] = [];
      for (let times = 0; times < 8; times += 1)
        answers.push((await (times % 2 === 0 ? steward.withdraw(mine) : steward.restore(mine))).status);
      return answers;
    };
    const [answers] = await Promise.all([deciding(), linking()]);
    expect(answers).toEqual(Array(8).fill(200));
    const listed = async () => {
      const rows = await registry.database.query<{ uid: string; hospital: string }>(
        `SELECT study_uid AS uid, treating_hospital AS hospital FROM treated_studies WHERE study_uid = ANY ($1) ORDER BY 1, 2`,
        [[mine, ...theirs]],
      );
      return rows.map(({ uid, hospital }) => `${[mine, ...theirs].indexOf(uid)} ${hospital}`).sort();
    };
    // Linked to the first person in the end, whom H002 treats.
    expect(await listed()).toEqual(['0 H001', '0 H002', '1 H001', '1 H002', '2 H003']);
    await steward.withdraw(mine);
    expect(await listed()).toEqual(['1 H002', '2 H003']);
  });
});
