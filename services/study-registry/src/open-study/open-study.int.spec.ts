import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_STUDY_DATE, type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import {
  AccountLinkedV1,
  ConsentWithdrawnV1,
  RegistryService,
  RelationshipDeclaredV1,
} from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const TODAY = new Date().toISOString().slice(0, 10).replaceAll('-', '');
const SHARED = 'P01KB0000000000000000000002';
const OTHER = 'P01KB0000000000000000000003';
const MULTIPART = 'multipart/related; type="application/dicom"';

/** The table of ADR 0005, on the real service. */
describe('who finds and who opens a study', () => {
  let registry: RegistryService;
  let series: CtSeries;
  const h002 = { hospital: 'H002' };
  const h003 = { hospital: 'H003' };
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(2);
    await registry.store('H001', series.slices.map(fileOf));
    await registry.store('H002', testStudy({ patientId: 'L2', studyDate: TODAY }).files);
    await registry.link('H001', series.patientId, SHARED);
    await registry.link('H002', 'L2', SHARED);
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const opening = async (person: object, path = study(), accept = MULTIPART) => {
    const { status, json } = await registry.get(path, accept, person);
    return status === 200 ? 200 : [status, json?.code];
  };
  const count = async (query: string, person: object) => (await registry.find(`/studies?${query}`, person)).length;

  it('is found by a person’s id, a study UID or an accession number, from every hospital', async () => {
    for (const person of [{}, h002, h003]) {
      expect(await count(`PatientID=${SHARED}`, person)).toBe(2);
      expect(await count(`StudyInstanceUID=${series.studyInstanceUid}`, person)).toBe(1);
      expect(await count(`AccessionNumber=A${series.patientId}`, person)).toBe(1);
    }
  });

  it('is listed without a name only where the person has been treated', async () => {
    expect(await count('ModalitiesInStudy=CT', {})).toBe(2);
    expect(await count('ModalitiesInStudy=CT', h002)).toBe(2);
    expect(await count('ModalitiesInStudy=CT', h003)).toBe(0);
    expect(await count('PatientID=*', h003)).toBe(0);
    expect(await count('AccessionNumber=A*', h003)).toBe(0);
  });

  it('is opened by the hospitals that treat, and refused to others until a reason is given', async () => {
    expect(await opening({})).toBe(200);
    expect(await opening(h002)).toBe(200);
    for (const [suffix, accept] of [
      ['', MULTIPART],
      ['/metadata', 'application/dicom+json'],
      ['/thumbnail', 'image/jpeg'],
      [`/series/${series.seriesInstanceUid}/metadata`, 'application/dicom+json'],
      [`/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}/frames/1`, '*/*'],
      [`/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}/bulkdata/7FE00010`, '*/*'],
    ]) {
      expect(await opening(h003, study() + suffix, accept)).toEqual([403, 'ACCESS_REASON_NEEDED']);
    }
    await registry.publish(RelationshipDeclaredV1, {
      relationshipId: '6f1d8a5e-8f5b-4a0e-9d55-0d4f0c3c1a01',
      personId: SHARED,
      subject: 'dr.H003',
      hospital: 'H003',
      declaredAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(await opening(h003)).toBe(200);
  });

  it.each([
    [{ roles: ['administrator'], hospital: null }, 'ACCESS_DENIED'],
    [{ roles: ['auditor'], hospital: null }, 'ACCESS_DENIED'],
    [{ roles: ['steward'], hospital: null }, 'ACCESS_DENIED'],
    [{ roles: ['patient'], hospital: null }, 'ACCESS_DENIED'],
  ])('is neither found nor opened by %j', async (person, code) => {
    expect(await opening(person)).toEqual([403, code]);
    expect(await opening(person, `/dicom-web/studies?PatientID=${SHARED}`, '*/*')).toEqual([403, code]);
    expect(await opening(person, `${study()}/series`, '*/*')).toEqual([403, code]);
    expect(await opening(person, `/api/study-registry/persons/${SHARED}/studies`, '*/*')).toEqual([403, code]);
  });

  it('is refused for a purpose that is not treatment', async () => {
    const { status, json } = await registry.get(study(), MULTIPART, {}, { 'x-purpose-of-use': 'HRESCH' });
    expect([status, json.code]).toEqual([403, 'PURPOSE_NOT_ALLOWED']);
  });

  it('is on the timeline with what is known, and whether it may be opened', async () => {
    const { json } = await registry.get(`/api/study-registry/persons/${SHARED}/studies`, '*/*', h002);
    expect(json.items).toEqual([
      expect.objectContaining({ hospital: 'H002', studyDate: TODAY, instances: 1, mayOpen: true }),
      {
        studyInstanceUid: series.studyInstanceUid,
        hospital: 'H001',
        state: 'arriving',
        modalities: ['CT'],
        bodyPart: 'CHEST',
        description: '胸部平扫',
        studyDate: CT_STUDY_DATE,
        studyTime: '081500',
        accessionNumber: `A${series.patientId}`,
        charsetGuessed: false,
        instances: 2,
        received: null,
        arrivedAt: expect.any(String),
        mayOpen: true,
        isClosed: false,
      },
    ]);
    const stranger = await registry.get(`/api/study-registry/persons/${SHARED}/studies`, '*/*', {
      hospital: 'H003',
      subject: 'dr.stranger',
    });
    expect(stranger.json.items.map(({ mayOpen }: { mayOpen: boolean }) => mayOpen)).toEqual([false, false]);
  });

  it('is hidden from other hospitals when the patient objects, and theirs to whom it belongs', async () => {
    const closed = ctSeries(1);
    await registry.store('H001', closed.slices.map(fileOf));
    await registry.link('H001', closed.patientId, OTHER);
    await registry.publish(ConsentWithdrawnV1, {
      consentId: '6f1d8a5e-8f5b-4a0e-9d55-0d4f0c3c1a02',
      personId: OTHER,
      scope: { kind: 'study', studyInstanceUid: closed.studyInstanceUid },
      withdrawnAt: new Date().toISOString(),
    });
    const address = `/dicom-web/studies/${closed.studyInstanceUid}`;
    expect(await opening(h002, address)).toEqual([403, 'PATIENT_OBJECTS']);
    expect(await count(`StudyInstanceUID=${closed.studyInstanceUid}`, h002)).toBe(0);
    expect(await opening(h002, `${address}/series`, '*/*')).toEqual([404, 'STUDY_NOT_FOUND']);
    const { json } = await registry.get(`/api/study-registry/persons/${OTHER}/studies`, '*/*', h002);
    expect(json.items).toEqual([]);
    expect(await opening({}, address)).toBe(200);
    expect(await count(`StudyInstanceUID=${closed.studyInstanceUid}`, {})).toBe(1);
  });

  it('is on the timeline of the patient whose account stands for them, also when it is closed; its images are not opened', async () => {
    const patient = { subject: 'p.0000000001', roles: ['patient' as const], hospital: null };
    const timeline = () => opening(patient, `/api/study-registry/persons/${OTHER}/studies`, '*/*');
    expect(await timeline()).toEqual([403, 'ACCESS_DENIED']);
    await registry.publish(AccountLinkedV1, {
      linkId: '6f1d8a5e-8f5b-4a0e-9d55-0d4f0c3c1a03',
      account: patient.subject,
      personId: OTHER,
      persons: [OTHER],
      endsAt: null,
      linkedAt: new Date().toISOString(),
    });
    const { json } = await registry.get(`/api/study-registry/persons/${OTHER}/studies`, '*/*', patient);
    expect(json.items).toMatchObject([{ hospital: 'H001', modalities: ['CT'], mayOpen: false }]);
    const [{ studyInstanceUid }] = json.items;
    for (const suffix of ['', '/metadata', '/thumbnail'])
      expect(await opening(patient, `/dicom-web/studies/${studyInstanceUid}${suffix}`, '*/*')).toEqual([
        403,
        'ACCESS_DENIED',
      ]);
    expect(await opening(patient, `/api/study-registry/persons/${SHARED}/studies`, '*/*')).toEqual([
      403,
      'ACCESS_DENIED',
    ]);
  });

  it('is recorded each time it is searched, opened or refused, before the answer; search values never are', async () => {
    const before = (await registry.events('audit')).length;
    await registry.get(`/dicom-web/studies?PatientID=${SHARED}&StudyDate=${CT_STUDY_DATE}`);
    await registry.get('/dicom-web/studies?PatientName=Secret^Name');
    await registry.get(study(), MULTIPART);
    await registry.get(study(), MULTIPART, { hospital: 'H003', subject: 'dr.nobody' });
    await registry.get('/dicom-web/studies/1.2.3.4', MULTIPART);
    const records = (await registry.events('audit')).slice(before).map(({ data }) => data);
    const decisionOf = (record: Record<string, unknown>) => record.decision as { outcome: string; code: string };
    const seen = records
      .map((record) => [record.action, record.studyInstanceUid, record.query, decisionOf(record).code])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(seen).toEqual(
      [
        ['study.search', null, ['00100020', '00080020'], 'TREATMENT'],
        ['study.search', null, ['00100010'], 'TREATMENT'],
        ['study.search', '1.2.3.4', [], 'TREATMENT'],
        ['study.retrieve', series.studyInstanceUid, [], 'HOME_HOSPITAL'],
        ['study.retrieve', series.studyInstanceUid, [], 'ACCESS_REASON_NEEDED'],
      ].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    );
    expect(JSON.stringify(records)).not.toMatch(new RegExp(`Secret|${CT_STUDY_DATE}`));
  });

  it('is recorded once while a viewer shows it, image by image, and again by who takes all of it', async () => {
    const viewer = { sessionId: 'one-view' };
    // What is counted to a look is told some seconds later, under its id.
    const recorded = async () => new Set((await registry.events('audit')).map(({ data }) => data.accessId)).size;
    const before = await recorded();
    const looks = series.slices.flatMap(({ sopInstanceUid }) => {
      const instance = `${study()}/series/${series.seriesInstanceUid}/instances/${sopInstanceUid}`;
      return [
        [instance, MULTIPART],
        [`${instance}/frames/1`, '*/*'],
        [`${instance}/rendered`, 'image/jpeg'],
      ];
    });
    for (const [path = '', accept] of looks) expect(await opening(viewer, path, accept)).toBe(200);
    expect(await recorded()).toBe(before + 1);
    expect(await opening(viewer)).toBe(200);
    expect(await recorded()).toBe(before + 2);
  });
});
