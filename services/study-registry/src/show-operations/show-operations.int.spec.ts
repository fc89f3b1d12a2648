import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { CountRequests } from '../count-requests/count-requests.js';
import { RequestCountStore } from '../storage/request-count.store.js';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import type { TestPack } from '../testing/pack-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

let registry: RegistryService;
beforeAll(async () => {
  registry = await RegistryService.start(undefined, { PULL_WAIT_MS: '200' });
});
afterAll(() => registry.stop());

const operations = (role: 'administrator' | 'clinician' = 'administrator') =>
  registry.get('/api/study-registry/operations', 'application/json', { roles: [role] });
const kept = () => registry.service.app.get(CountRequests).keep();

it('shows what came in, was found and went out, and what is stored of each hospital and modality', async () => {
  const [ct, mr] = [testStudy({ modality: 'CT' }, 2), testStudy({ modality: 'MR', patientName: '秘^密' })];
  for (const file of ct.files) await registry.store('H001', [file]);
  await registry.store('H002', mr.files);
  await registry.get(`/dicom-web/studies?StudyInstanceUID=${ct.studyUid}`);
  const sent = await registry.get(`/dicom-web/studies/${ct.studyUid}`, 'multipart/related; type="application/dicom"');
  expect(sent.status).toBe(200);
  await kept();

  const { json } = await operations();
  const minutes: { kind: string; requests: number; failures: number; bytes: number }[] = json.minutes;
  const sum = (kind: string, of: 'requests' | 'failures' | 'bytes') =>
    minutes.filter((minute) => minute.kind === kind).reduce((all, minute) => all + minute[of], 0);
  expect([sum('receive', 'requests'), sum('find', 'requests'), sum('retrieve', 'requests')]).toEqual([3, 1, 1]);
  expect(sum('receive', 'failures') + sum('find', 'failures') + sum('retrieve', 'failures')).toBe(0);
  const stored = [...ct.files, ...mr.files].reduce((bytes, { length }) => bytes + length, 0);
  expect(sum('receive', 'bytes')).toBeGreaterThan(stored);
  expect(sum('retrieve', 'bytes')).toBeGreaterThan(ct.files.reduce((bytes, { length }) => bytes + length, 0));
  expect(json.storage).toEqual([
    { hospital: 'H001', modality: 'CT', packs: 2, instances: 2, bytes: expect.any(Number) },
    { hospital: 'H002', modality: 'MR', packs: 1, instances: 1, bytes: expect.any(Number) },
  ]);
  const [packs] = await registry.database.query('SELECT sum(size_bytes)::float8 AS bytes FROM packs');
  expect({ bytes: json.storage[0].bytes + json.storage[1].bytes }).toEqual(packs);
  expect([json.quarantine, json.atHospitals]).toEqual([[], []]);
  expect(json.recompression).toEqual({ packs: 0, bytes: 0, storedBytes: 0, saving: null, compact: [] });
});

it('says what hospitals keep, and what was asked of them', async () => {
  const gateway = new HospitalGateway(registry, 'H003');
  const [one, other] = [ctSeries(2), ctSeries(1)];
  const packs = [await gateway.keep(one.slices.map(fileOf)), await gateway.keep(other.slices.map(fileOf))];
  for (const { studyInstanceUid } of [one, other]) {
    await registry.get(`/dicom-web/studies/${studyInstanceUid}`, 'multipart/related; type="application/dicom"', {
      hospital: 'H003',
    });
  }
  await gateway.fail(packs[0] as TestPack, 'missing');
  const { json } = await operations();
  expect(json.atHospitals).toEqual([
    {
      hospital: 'H003',
      // Two of them, and one that somebody waits for: too few to be told.
      studies: null,
      packs: 2,
      bytes: packs.reduce((sum, { bytes }) => sum + bytes.length, 0),
      awaited: null,
      failed: 1,
      releasedPacks: 0,
      releasedBytes: 0,
    },
  ]);
});

it('names a slow search by its keys, not by what was looked for', async () => {
  const taken = {
    kinds: new Map([['find', { requests: 1, failures: 0, bytes: 1, milliseconds: 900 }]] as const),
    slowest: [{ at: new Date(), route: '/dicom-web/studies', keys: ['PatientName'], milliseconds: 900 }],
  };
  await new RequestCountStore(registry.database).add('another process', new Date(), taken);
  const { json, body } = await operations();
  expect(json.slowest[0]).toEqual({
    at: expect.any(String),
    route: '/dicom-web/studies',
    keys: ['PatientName'],
    milliseconds: 900,
  });
  expect(body.toString()).not.toMatch('秘');
});

it('forgets after a week', async () => {
  const store = new RequestCountStore(registry.database);
  await store.forget(new Date(Date.now() + 8 * 24 * 3_600_000));
  const { json } = await operations();
  expect([json.minutes, json.slowest]).toEqual([[], []]);
});

it('is for administrators', async () => {
  expect((await operations('clinician')).status).toBe(403);
});
