import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@yinglian/contracts';
import { type CtSeries, ctSeries, fileOf, until } from '@yinglian/testing';
import { ConsentAuditProcess } from '../testing/consent-audit-process.js';
import { RegistryService } from '../testing/registry-service.js';

const PERSON = 'P01KB0000000000000000000053';
const MULTIPART = 'multipart/related; type="application/dicom"';

/** Two real services on one event log: what consent-audit has answered holds with the registry's next answer. */
describe('breaking the glass at consent-audit', () => {
  let registry: RegistryService;
  let consents: ConsentAuditProcess;
  let series: CtSeries;
  const doctor = (): Parameters<RegistryService['issuer']['personToken']>[0] => ({
    subject: 'dr.emergency',
    roles: ['clinician' as Role],
    hospital: 'H003',
    secondFactorAt: new Date(),
  });
  const steward = { subject: 'steward', roles: ['steward' as Role], hospital: null };
  const auditor = { subject: 'auditor', roles: ['auditor' as Role], hospital: null };

  beforeAll(async () => {
    registry = await RegistryService.start();
    consents = await ConsentAuditProcess.start(registry);
    series = ctSeries(1);
    await registry.store('H001', series.slices.map(fileOf));
    await registry.link('H001', series.patientId, PERSON);
    const closing = { personId: PERSON, decision: 'closes', scope: { kind: 'person' }, identity: 'resident-id' };
    expect((await consents.ask(steward, 'POST', 'consents', closing)).status).toBe(201);
    await until(async () => (await opening()) === 'PATIENT_OBJECTS');
  }, 180_000);
  afterAll(async () => {
    await consents?.stop();
    await registry?.stop();
  });

  const opening = async () => {
    const { status, json } = await registry.get(`/dicom-web/studies/${series.studyInstanceUid}`, MULTIPART, doctor());
    return status === 200 ? 200 : json?.code;
  };
  const listed = async () => {
    const { json } = await registry.get(`/api/study-registry/persons/${PERSON}/studies`, '*/*', doctor());
    return json.items.length;
  };
  const breakGlass = () =>
    consents.ask(doctor(), 'POST', 'break-glass', {
      studyInstanceUid: series.studyInstanceUid,
      kind: 'unconscious',
      reason: '车祸送来，昏迷，需要既往头颅影像',
    });

  it('opens and lists what is closed with the next request, and closes it with the next one after its end, each time', async () => {
    expect([await opening(), await listed()]).toEqual(['PATIENT_OBJECTS', 0]);
    for (let time = 0; time < 10; time += 1) {
      const { status, body } = await breakGlass();
      expect([status, await listed(), await opening()]).toEqual([201, 1, 200]);
      const ended = await consents.ask(doctor(), 'DELETE', `break-glass/${body.breakGlassId}`);
      const after = time % 2 === 0 ? [await opening(), await listed()] : [await listed(), await opening()].reverse();
      expect([ended.status, ...after]).toEqual([200, 'PATIENT_OBJECTS', 0]);
    }
  });

  it('leaves what the registry showed to the auditor under its id', async () => {
    const { body } = await breakGlass();
    await opening();
    await consents.ask(doctor(), 'DELETE', `break-glass/${body.breakGlassId}`);
    const looks = async () =>
      (await consents.ask(auditor, 'GET', `accesses?breakGlassId=${body.breakGlassId}`)).body.items;
    await until(async () => (await looks()).length > 0);
    expect(await looks()).toMatchObject([
      {
        action: 'study.retrieve',
        actor: { subject: 'dr.emergency', hospital: 'H003' },
        studyInstanceUid: series.studyInstanceUid,
        decision: { outcome: 'permit', code: 'BREAK_GLASS' },
        service: 'study-registry',
      },
    ]);
  });
});
