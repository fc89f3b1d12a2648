import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import {
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  ConsentWithdrawnV1,
  RegistryService,
} from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const MULTIPART = 'multipart/related; type="application/dicom"';
let persons = 0;

/** ADR 0053, on the real service: what broken glass shows and opens, and its end. */
describe('studies that the patient closed', () => {
  let registry: RegistryService;
  let series: CtSeries;
  let person: string;
  let open: string;
  const doctor = { hospital: 'H003', subject: 'dr.emergency', sessionId: 'an-emergency' };
  const colleague = { hospital: 'H003', subject: 'dr.colleague' };

  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    persons += 1;
    person = `P01KB${String(persons).padStart(22, '0')}`;
    series = ctSeries(1);
    await registry.store('H001', series.slices.map(fileOf));
    await registry.link('H001', series.patientId, person);
    const other = testStudy({ patientId: `L${persons}` });
    open = other.studyUid;
    await registry.store('H002', other.files);
    await registry.link('H002', `L${persons}`, person);
    await registry.publish(ConsentWithdrawnV1, {
      consentId: randomUUID(),
      personId: person,
      scope: { kind: 'study', studyInstanceUid: series.studyInstanceUid },
      withdrawnAt: new Date().toISOString(),
    });
  });

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const opening = async (who: object, path = study(), accept = MULTIPART) => {
    const { status, json } = await registry.get(path, accept, who);
    return status === 200 ? 200 : json?.code;
  };
  const timeline = async (who: object) => {
    const { json } = await registry.get(`/api/study-registry/persons/${person}/studies`, '*/*', who);
    const items: { studyInstanceUid: string; mayOpen: boolean; isClosed: boolean }[] = json.items;
    return Object.fromEntries(
      items.map(({ studyInstanceUid, mayOpen, isClosed }) => [studyInstanceUid, { mayOpen, isClosed }]),
    );
  };
  const breakGlass = async () => {
    const breakGlassId = randomUUID();
    await registry.publish(BreakGlassOpenedV1, {
      breakGlassId,
      personId: person,
      subject: doctor.subject,
      hospital: 'H003',
      department: null,
      kind: 'unconscious',
      openedAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 7_200_000).toISOString(),
    });
    return breakGlassId;
  };
  const end = (breakGlassId: string) =>
    registry.publish(BreakGlassClosedV1, {
      breakGlassId,
      personId: person,
      subject: doctor.subject,
      cause: 'opener',
      closedAt: new Date().toISOString(),
    });

  it('are on the timeline, marked, in searches and open by every address, to who broke the glass', async () => {
    const instance = `${study()}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}`;
    const addresses = [
      [study(), MULTIPART],
      [`${study()}/metadata`, 'application/dicom+json'],
      [`${study()}/thumbnail`, 'image/jpeg'],
      [`${instance}/frames/1`, '*/*'],
      [`${instance}/rendered`, 'image/jpeg'],
      [`${study()}/series`, 'application/dicom+json'],
    ] as const;
    const found = async (who: object) =>
      (await registry.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`, who)).length;
    const answers = (who: object) => Promise.all(addresses.map(([path, accept]) => opening(who, path, accept)));
    expect([await answers(doctor), await found(doctor)]).toEqual([
      [...Array(5).fill('PATIENT_OBJECTS'), 'STUDY_NOT_FOUND'],
      0,
    ]);
    expect(await timeline(doctor)).toEqual({ [open]: { mayOpen: false, isClosed: false } });
    await breakGlass();
    expect(await timeline(doctor)).toEqual({
      [open]: { mayOpen: true, isClosed: false },
      [series.studyInstanceUid]: { mayOpen: true, isClosed: true },
    });
    expect([await answers(doctor), await found(doctor)]).toEqual([Array(6).fill(200), 1]);
    expect([await opening(colleague), await found(colleague)]).toEqual(['PATIENT_OBJECTS', 0]);
    expect(await timeline(colleague)).toEqual({ [open]: { mayOpen: false, isClosed: false } });
  });

  it('are closed again with the first request after the end, in the middle of a view', async () => {
    const breakGlassId = await breakGlass();
    const frame = `${study()}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}/frames/1`;
    for (let time = 0; time < 5; time += 1) expect(await opening(doctor, frame, '*/*')).toBe(200);
    await end(breakGlassId);
    expect(await opening(doctor, frame, '*/*')).toBe('PATIENT_OBJECTS');
    expect(await timeline(doctor)).toEqual({ [open]: { mayOpen: false, isClosed: false } });
  });

  it('leave the id of the glass on every record of what was shown and opened under it', async () => {
    const breakGlassId = await breakGlass();
    await timeline(doctor);
    await timeline(doctor);
    await opening(doctor);
    const under = (await registry.events('audit'))
      .map(({ data }) => data)
      .filter((data) => data.breakGlassId === breakGlassId);
    // What was counted to a record within the seconds since is told of it once more.
    const accesses = new Map(under.map((data) => [data.accessId, data]));
    const records = [...accesses.values()].map(({ action, personId, studyInstanceUid, decision }) => [
      action,
      personId,
      studyInstanceUid,
      (decision as { code: string }).code,
    ]);
    expect(records).toEqual([
      ['study.search', person, null, 'BREAK_GLASS'],
      ['study.retrieve', person, series.studyInstanceUid, 'BREAK_GLASS'],
    ]);
  });
});
