import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { ConsentWithdrawnV1, RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const PERSON = `P01KC${'E'.repeat(22)}`;

describe('what is registered', () => {
  let registry: RegistryService;
  const texts = { patientId: 'R1', accessionNumber: 'ACC-7', studyDate: '20260105', description: '胸部CT' };
  const study = testStudy({ ...texts, patientName: '测试^甲' }, 2);
  const elsewhere = testStudy({ patientId: 'R1', accessionNumber: 'ACC-7', studyDate: '20260104' });
  let own: DecidingSteward;
  let commission: DecidingSteward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    for (const file of study.files) await registry.store('H001', [file]);
    await registry.store('H002', elsewhere.files);
    await registry.link('H001', 'R1', PERSON);
    own = new DecidingSteward(registry, 'H001');
    commission = new DecidingSteward(registry);
  });
  afterAll(() => registry.stop());

  const search = (by: DecidingSteward, body: object) => by.ask('POST', '/registered-study-searches', body);
  const found = async (by: DecidingSteward, body: object) => {
    const { json } = await search(by, body);
    return json.studies.map(({ studyInstanceUid }: { studyInstanceUid: string }) => studyInstanceUid);
  };
  const listed = {
    studyInstanceUid: study.studyUid,
    hospital: 'H001',
    patientName: '测试^甲',
    patientId: 'R1',
    studyDate: '20260105',
    accessionNumber: 'ACC-7',
    description: '胸部CT',
    modalities: ['CT'],
    instances: 2,
    shownInstances: 2,
    isWithdrawn: false,
    isHeld: false,
  };

  it('is found by its hospital’s steward by each of its numbers, whether it is shown or not; the look is recorded', async () => {
    const numbers = [
      { by: 'accessionNumber', value: ' ACC-7 ' },
      { by: 'studyInstanceUid', value: study.studyUid },
      { by: 'patientId', value: 'R1' },
    ];
    for (const body of numbers) expect((await search(own, body)).json).toEqual({ studies: [listed], isMore: false });
    const withdrawn = { ...listed, isWithdrawn: true, shownInstances: 0 };
    await own.withdraw(study.studyUid);
    expect((await search(own, { by: 'patientId', value: 'R1' })).json.studies).toEqual([withdrawn]);
    await own.restore(study.studyUid);
    const looks = (await registry.events('audit')).map(({ data }) => data);
    for (const { by } of numbers) expect(looks).toContainEqual(expect.objectContaining({ query: [by] }));
    expect(JSON.stringify(looks)).not.toContain('ACC-7');
  });

  it('is found by a whole number only', async () => {
    for (const value of ['ACC-', 'ACC*', '*', 'acc-7']) {
      expect(await found(commission, { by: 'accessionNumber', value })).toEqual([]);
    }
    for (const body of [{ by: 'patientName', value: 'x' }, { by: 'patientId', value: ' ' }, { by: 'patientId' }]) {
      expect((await search(commission, body)).json.code).toBe('INVALID_REQUEST');
    }
  });

  it('is told to stewards of the hospital that made it and of the commission, and to nobody else', async () => {
    const both = { by: 'patientId', value: 'R1' };
    expect(await found(commission, both)).toEqual([study.studyUid, elsewhere.studyUid]);
    expect(await found(commission, { ...both, hospital: 'H002' })).toEqual([elsewhere.studyUid]);
    expect(await found(own, { ...both, hospital: 'H002' })).toEqual([]);
    expect(await found(new DecidingSteward(registry, 'H003'), both)).toEqual([]);
    for (const role of ['clinician', 'administrator', 'auditor', 'patient'] as const) {
      const someone = new DecidingSteward(registry, 'H001', role);
      expect((await search(someone, both)).json.code).toBe('ROLE_NOT_ALLOWED');
      const instances = `/studies/${study.studyUid}/registered-series/${study.studyUid}.1`;
      expect((await someone.ask('GET', instances)).json.code).toBe('ROLE_NOT_ALLOWED');
    }
  });

  it('is shown series by series and instance by instance, with what is withdrawn of it', async () => {
    const series = `${study.studyUid}.2`;
    await own.withdraw(study.studyUid, { seriesInstanceUid: series, sopInstanceUid: `${series}.1` });
    const part = { modality: 'CT', instances: 1, isWithdrawn: false };
    const { json } = await own.decisionsOf(study.studyUid);
    expect(json.study).toEqual({
      ...listed,
      shownInstances: 1,
      series: [
        {
          ...part,
          seriesInstanceUid: `${study.studyUid}.1`,
          seriesNumber: '1',
          description: 'Series 1',
          withdrawnInstances: 0,
        },
        { ...part, seriesInstanceUid: series, seriesNumber: '2', description: 'Series 2', withdrawnInstances: 1 },
      ],
    });
    const instances = await own.ask('GET', `/studies/${study.studyUid}/registered-series/${series}`);
    expect(instances.json).toEqual({
      instances: [{ sopInstanceUid: `${series}.1`, instanceNumber: '1', isWithdrawn: true }],
    });
    await own.restore(study.studyUid, { seriesInstanceUid: series, sopInstanceUid: `${series}.1` });
    const unknown = await own.ask('GET', `/studies/${study.studyUid}/registered-series/${study.studyUid}.9`);
    expect([unknown.status, unknown.json.code]).toEqual([404, 'SERIES_NOT_FOUND']);
    const foreign = new DecidingSteward(registry, 'H002');
    const refused = await foreign.ask('GET', `/studies/${study.studyUid}/registered-series/${series}`);
    expect([refused.status, refused.json.code]).toEqual([404, 'STUDY_NOT_FOUND']);
  });

  it('is told to its own hospital alone once the patient has closed it', async () => {
    await registry.publish(ConsentWithdrawnV1, {
      consentId: '0198c2f0-0000-7000-8000-000000000002',
      personId: PERSON,
      scope: { kind: 'person' },
      withdrawnAt: '2026-11-24T08:00:00.000Z',
    });
    const clue = { by: 'patientId', value: 'R1', hospital: 'H001' };
    expect(await found(commission, clue)).toEqual([]);
    expect((await commission.decisionsOf(study.studyUid)).json).toMatchObject({ instances: 2, study: null });
    const series = await commission.ask('GET', `/studies/${study.studyUid}/registered-series/${study.studyUid}.1`);
    expect(series.json.code).toBe('SERIES_NOT_FOUND');
    expect(await found(own, clue)).toEqual([study.studyUid]);
    expect((await own.decisionsOf(study.studyUid)).json.study).toMatchObject(listed);
  });
});
