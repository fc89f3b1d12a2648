import { expect, it } from '@jest/globals';
import { bytesText, type Minute, rateText, searchKind, storageByHospital, tiersOf, trafficOf } from './operations.js';

const minute = (at: string, kind: Minute['kind'], bytes: number): Minute => ({
  minute: `2026-11-29T08:${at}:00.000Z`,
  kind,
  requests: 2,
  failures: 1,
  bytes,
  milliseconds: 30,
});
const from = Date.parse('2026-11-29T08:00:00Z');
const until = Date.parse('2026-11-29T08:10:00Z');

it('traffic is summed, and shown in equal parts a second', () => {
  const minutes = [minute('00', 'retrieve', 600), minute('01', 'retrieve', 600), minute('09', 'retrieve', 1200)];
  expect(trafficOf([...minutes, minute('03', 'receive', 9)], 'retrieve', from, until, 2)).toEqual({
    requests: 6,
    failures: 3,
    bytes: 2400,
    meanMs: 15,
    perSecond: [4, 4],
  });
});

it('searches are counted, not weighed', () => {
  expect(trafficOf([minute('00', 'find', 600)], 'find', from, until, 1).perSecond).toEqual([2 / 600]);
});

it('a period without requests has no mean', () => {
  expect(trafficOf([], 'find', from, until, 3)).toEqual({
    requests: 0,
    failures: 0,
    bytes: 0,
    meanMs: null,
    perSecond: [0, 0, 0],
  });
});

it('storage is ordered by what takes most', () => {
  const total = (hospital: string, modality: string, bytes: number) => ({
    hospital,
    modality,
    bytes,
    packs: 1,
    instances: 2,
  });
  const totals = [total('H001', 'DX', 5), total('H001', 'CT', 20), total('H002', 'MR', 90)];
  expect(
    storageByHospital(totals).map(({ hospital, bytes, instances, modalities }) => [
      hospital,
      bytes,
      instances,
      modalities.map(({ modality }) => modality),
    ]),
  ).toEqual([
    ['H002', 90, 2, ['MR']],
    ['H001', 25, 4, ['CT', 'DX']],
  ]);
});

it('what is stored compact is told apart from what is stored as it came', () => {
  const storage = [{ hospital: 'H001', modality: 'CT', packs: 3, instances: 9, bytes: 1_000 }];
  const atHospitals = [
    { hospital: 'H001', studies: 1, bytes: 150, awaited: 0, failed: 0, releasedPacks: 0, releasedBytes: 0 },
  ];
  const recompression = { packs: 2, bytes: 600, storedBytes: 151, saving: 1 - 151 / 600 };
  expect(tiersOf({ storage, atHospitals, recompression })).toEqual({
    hotBytes: 250,
    coldBytes: 600,
    coldStoredBytes: 151,
    savedPercent: 74,
  });
  const none = { packs: 0, bytes: 0, storedBytes: 0, saving: null };
  expect(tiersOf({ storage, atHospitals, recompression: none })).toBeNull();
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [123_456_789, '123 MB'],
  [4.2e15, '4.2 PB'],
  [9e18, '9000 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it('a rate is shown as something unless there is none', () => {
  expect([0, 12.34, 0.1, 0.0125, 0.0002].map(rateText)).toEqual(['0.0/s', '12.3/s', '0.1/s', '0.8/min', '0.01/min']);
});

it.each([
  ['/api/study-registry/persons/:personId/studies', 'timeline'],
  ['/fhir/ImagingStudy', 'fhir'],
  ['/dicom-web/studies', 'studies'],
  ['/dicom-web/studies/:study/series', 'series'],
  ['/dicom-web/studies/:study/series/:series/instances', 'instances'],
])('%s looks for %s', (route, kind) => {
  expect(searchKind(route)).toBe(kind);
});
