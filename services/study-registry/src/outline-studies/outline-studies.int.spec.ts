import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentWithdrawnV1, RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

const PERSON = `P01KC${'D'.repeat(22)}`;
const STEWARD = { subject: 'the.steward', roles: ['steward' as const], hospital: null };

describe('the outline of a person’s studies', () => {
  let registry: RegistryService;
  let uid: string;
  beforeAll(async () => {
    registry = await RegistryService.start();
    const study = testStudy({ patientId: 'L1', studyDate: '20260102' });
    uid = study.studyUid;
    await registry.link('H001', 'L1', PERSON);
    await registry.store('H001', study.files);
  });
  afterAll(() => registry.stop());

  const outline = (person: Parameters<RegistryService['get']>[2]) =>
    registry.get(`/api/study-registry/persons/${PERSON}/study-outline`, '*/*', person);

  it('tells a steward when, where and how, and nothing to open a study by; the look is recorded', async () => {
    const { status, json, body } = await outline(STEWARD);
    expect(status).toBe(200);
    expect(json).toEqual({
      studies: [
        {
          patient: { hospital: 'H001', issuer: '', id: 'L1' },
          studyDate: '20260102',
          modalities: [expect.any(String)],
          bodyPart: null,
          description: null,
          images: expect.any(Number),
        },
      ],
      leftOut: 0,
    });
    expect(json.studies[0].images).toBeGreaterThan(0);
    expect(body.toString()).not.toContain(uid);
    const looks = (await registry.events('audit')).map(({ data }) => data);
    expect(looks).toContainEqual(
      expect.objectContaining({ action: 'person.read', personId: PERSON, query: ['studies'] }),
    );
  });

  it('opens nothing: a steward is refused the timeline and the images', async () => {
    const timeline = await registry.get(`/api/study-registry/persons/${PERSON}/studies`, '*/*', STEWARD);
    expect([timeline.status, timeline.json.code]).toEqual([403, 'ACCESS_DENIED']);
    const opened = await registry.get(`/dicom-web/studies/${uid}/metadata`, 'application/dicom+json', STEWARD);
    expect(opened.status).toBe(403);
    const searched = await registry.get(`/dicom-web/studies?PatientID=${PERSON}`, 'application/dicom+json', STEWARD);
    expect(searched.status).toBe(403);
  });

  it('is for stewards only', async () => {
    for (const role of ['clinician', 'auditor', 'administrator', 'patient'] as const) {
      const { json } = await outline({ roles: [role], hospital: role === 'clinician' ? 'H001' : null });
      expect(json.code).toBe('ROLE_NOT_ALLOWED');
    }
  });

  it('leaves out what the patient closed', async () => {
    await registry.publish(ConsentWithdrawnV1, {
      consentId: '0198c2f0-0000-7000-8000-000000000001',
      personId: PERSON,
      scope: { kind: 'person' },
      withdrawnAt: '2026-11-24T08:00:00.000Z',
    });
    expect((await outline(STEWARD)).json.studies).toEqual([]);
  });
});
