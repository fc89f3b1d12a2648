import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { observed, PatientIndexService } from '../testing/patient-index-service.js';
import { SettingsInForce } from './settings-in-force.js';

describe('the settings of a province', () => {
  let index: PatientIndexService;
  beforeAll(async () => {
    index = await PatientIndexService.start(2);
  });
  afterAll(() => index.stop());

  const GRADES = { probable: 0.9, possible: 0.001 };
  const apply = (baseVersion: number, told: object = {}) =>
    index.ask('administrator', 'PUT', 'match-settings', {
      baseVersion,
      leastBits: 3,
      grades: GRADES,
      model: null,
      note: '试点评估',
      ...told,
    });
  /** Two patients of one name, sex and birth date, and without a number. */
  const comesTwice = async (pn: string) => {
    const told = { pn, sex: 'F', birthDate: '19800203', studyInstanceUid: null };
    const [one, other] = [observed('H001', told), observed('H002', told)];
    await index.observe(one);
    await index.observe(other);
    return other;
  };
  const asked = async (state = 'open'): Promise<string[]> =>
    (await index.ask('steward', 'GET', `conflicts?state=${state}`)).body.conflicts.map(
      (one: { patient: { id: string } }) => one.patient.id,
    );
  const bitsOf = async (id: string) => {
    const [row] = await index.database.query<{ bits: number }>('SELECT bits FROM conflicts WHERE local_id = $1', [id]);
    return row?.bits ?? Number.NaN;
  };

  it('are what is shipped until somebody sets others', async () => {
    const { body } = await index.ask('steward', 'GET', 'match-settings');
    expect(body).toEqual({
      settings: [{ version: 0, leastBits: 3, grades: GRADES, isShippedModel: true, set: null }],
    });
  });

  it('hold from the next batch on in every process, and set aside what has less evidence, until that is enough again', async () => {
    const { patient: first } = await comesTwice('周^雨桐');
    expect(await asked()).toEqual([first.id]);
    const bits = await bitsOf(first.id);
    expect((await apply(0, { leastBits: bits + 1 })).status).toBe(200);
    expect(await asked()).toEqual([]);
    expect((await index.ask('steward', 'GET', 'workload')).body.open).toEqual([]);
    for (const { app } of index.services)
      expect(await app.get(SettingsInForce).read(index.database)).toMatchObject({ version: 1, leastBits: bits + 1 });
    const { patient: second } = await comesTwice('吴^思齐');
    expect(await asked()).toEqual([]);
    expect((await apply(1, { leastBits: bits - 1 })).status).toBe(200);
    expect(await asked()).toEqual([first.id]);
    const { patient: third } = await comesTwice('郑^若曦');
    expect(await asked()).toEqual([first.id, third.id]);
    expect(await index.deeds()).toEqual([
      ['matching.set', 'the.administrator', null, '1', 'DONE'],
      ['matching.set', 'the.administrator', null, '2', 'DONE'],
    ]);
    expect(await asked()).not.toContain(second.id);
  });

  it('come back as a new version, with who and why; a model other than the shipped one weighs then', async () => {
    const model = await index.ask('steward', 'GET', 'match-settings/2');
    expect(model.body.model).toBeNull();
    const learned = { lambda: 0.5, household: 0.5, fields: { sex: { same: { m: 1, u: 0.5 } } } };
    expect((await apply(2, { model: learned, note: '换模型' })).status).toBe(200);
    const { patient } = await comesTwice('冯^子衿');
    expect(await asked()).not.toContain(patient.id);
    expect((await index.ask('steward', 'GET', 'match-settings/3')).body.model).toEqual(learned);
    expect((await apply(3, { leastBits: 3, note: '回到出厂设置' })).status).toBe(200);
    const { body } = await index.ask('steward', 'GET', 'match-settings');
    expect(body.settings.map((one: { version: number }) => one.version)).toEqual([4, 3, 2, 1, 0]);
    expect(body.settings[0]).toEqual({
      version: 4,
      leastBits: 3,
      grades: GRADES,
      isShippedModel: true,
      set: { by: 'the.administrator', byName: 'the.administrator', at: expect.any(String), note: '回到出厂设置' },
    });
  });

  it('are refused when another version came between, also when two come at once', async () => {
    expect(await apply(1)).toMatchObject({ status: 409, body: { code: 'MATCH_SETTINGS_CHANGED' } });
    const both = await Promise.all([apply(4), apply(4)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it.each<[string, object]>([
    ['without a reason', { note: ' ' }],
    ['with grades the wrong way round', { grades: { probable: 0.1, possible: 0.9 } }],
    [
      'with a model of fields that nothing is compared by',
      { model: { lambda: 0.1, household: 0.1, fields: { x: { same: { m: 1, u: 1 } } } } },
    ],
    ['with less evidence than anybody would ask with', { leastBits: -50 }],
  ])('are refused %s', async (_, told) => {
    expect(await apply(5, told)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  it('are set by the province’s administrators alone', async () => {
    const put = (role: 'steward' | 'clinician') => index.ask(role, 'PUT', 'match-settings', {});
    expect((await put('steward')).status).toBe(403);
    expect((await index.ask('clinician', 'GET', 'match-settings')).status).toBe(403);
    const token = await index.issuer.personToken({ subject: 'a', roles: ['administrator'], hospital: 'H001' });
    const ofHospital = await fetch(`${index.service.address}/api/patient-index/match-settings`, {
      headers: { authorization: `Bearer ${token}`, 'x-purpose-of-use': 'HOPERAT' },
    });
    expect(ofHospital.status).toBe(403);
  });
});
