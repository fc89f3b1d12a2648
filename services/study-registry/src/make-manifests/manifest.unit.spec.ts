import { describe, expect, it } from '@jest/globals';
import { Uid } from '@yinglian/contracts';
import type { StoredInstance } from '../storage/study-contents.js';
import type { SeriesRow, StudyRow } from '../storage/study-row.js';
import { anatomicalRegionsOf } from './anatomical-regions.js';
import { instanceItem } from './content-items.js';
import { derivedUid, derivedUuid, type Manifest, manifestUid } from './manifest.js';
import { writeManifestBundle } from './manifest-bundle.js';
import { writeManifest } from './write-manifest.js';

const study = {
  study_uid: '1.2.3',
  hospital: 'H001',
  patient_issuer: '',
  patient_id: 'A',
  person_id: null,
  study_date: '20260105',
  study_time: '',
  accession_number: 'A1',
  study_id: '',
  description: '',
  referring_physician: '',
  institution: '',
  patient_name: '王^小雨',
  patient_birth_date: '',
  patient_sex: '',
  charset_guessed: false,
  modalities: ['CT'],
  body_parts: [],
  series_count: 20,
  instance_count: 20_000,
  received_count: null,
  received_reason: null,
  state: 'complete',
  version: 3,
  contents_digest: null,
  arrived_at: new Date('2026-01-05T00:00:00Z'),
  is_withdrawn: false,
  is_held: false,
  withdrawn_instances: 0,
  updated_at: new Date('2026-01-05T00:00:00Z'),
  timezone_offset: '',
} as StudyRow;

const series = (at: number) => ({
  row: {
    study_uid: '1.2.3',
    series_uid: `1.2.3.${at}`,
    modality: 'CT',
    series_number: String(at),
    description: '',
    body_part: '',
    series_date: '',
    series_time: '',
    instance_count: 1_000,
    told: null,
  } satisfies SeriesRow,
  instances: Array.from(
    { length: 1_000 },
    (_, one) =>
      ({
        sopInstanceUid: `1.2.3.${at}.${one}`,
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        dataSetSha256: String(one),
        instanceNumber: String(one),
        rows: 512,
        numberOfFrames: 1,
      }) as StoredInstance,
  ),
});

const manifest: Manifest = {
  study,
  series: Array.from({ length: 20 }, (_, at) => series(at)),
  updatedAt: new Date('2026-01-05T00:15:00Z'),
  utcOffset: '+08:00',
  wadoRoot: 'http://x/dicom-web',
  retrieveLocationUid: '1.2',
  institution: 'x',
};

describe('a manifest of 20,000 instances', () => {
  it.each([
    ['DICOM', () => writeManifest(manifest, 'described')],
    ['FHIR', () => writeManifestBundle(manifest, 'http://x/fhir')],
  ])('in %s comes in pieces of one series at most', (_, write) => {
    let longest = 0;
    let sum = 0;
    for (const { length } of write()) {
      longest = Math.max(longest, length);
      sum += length;
    }
    expect(sum).toBeGreaterThan(2_000_000);
    expect(longest).toBeLessThan(600_000);
  });
});

describe('the UID of a manifest', () => {
  it('changes with whatever it says', () => {
    const [first, ...others] = manifest.series;
    const [one, ...more] = first?.instances ?? [];
    if (first === undefined || one === undefined) throw new Error('There is nothing to change');
    const changed: Manifest[] = [
      { ...manifest, study: { ...study, person_id: 'P1' } },
      { ...manifest, wadoRoot: 'http://y/dicom-web' },
      { ...manifest, utcOffset: '+09:00' },
      { ...manifest, updatedAt: new Date() },
      { ...manifest, series: others },
      { ...manifest, series: [{ ...first, row: { ...first.row, description: 'x' } }, ...others] },
      { ...manifest, series: [{ ...first, instances: more }, ...others] },
      { ...manifest, series: [{ ...first, instances: [{ ...one, dataSetSha256: 'x' }, ...more] }, ...others] },
    ];
    const uids = [manifest, ...changed].map((each) => manifestUid(each, 'plain'));
    expect(new Set([...uids, manifestUid(manifest, 'described')]).size).toBe(uids.length + 1);
    expect(manifestUid({ ...manifest }, 'plain')).toBe(uids[0]);
  });

  it('is one, made of a UUID', () => {
    for (const text of ['', 'a', '1.2.3']) {
      expect(Uid.parse(derivedUid(text))).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
      expect(derivedUuid(text)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

it('regions are those of MADO, and none where none is named', () => {
  expect(anatomicalRegionsOf(['HEAD', 'NECK', 'CHEST']).map(({ value }) => value)).toEqual(['774007', '67734004']);
  expect(anatomicalRegionsOf(['COIL', ''])).toEqual([]);
});

it.each([
  ['1.2.840.10008.5.1.4.1.1.2', 512, 'IMAGE'],
  ['1.2.840.10008.5.1.4.1.1.9.1.1', 0, 'WAVEFORM'],
  ['1.2.840.10008.5.1.4.1.1.88.33', 0, 'COMPOSITE'],
  ['1.2.840.10008.5.1.4.1.1.11.1', 0, 'COMPOSITE'],
])('an instance of %s with %i rows is a reference to %s', (sopClassUid, rows, valueType) => {
  const item = instanceItem({ sopClassUid, sopInstanceUid: '1.2.3', rows });
  expect(item.find(({ tag }) => tag === 0x0040a040)?.value).toBe(valueType);
  expect(item.map(({ tag }) => tag)).toEqual(item.map(({ tag }) => tag).sort((a, b) => a - b));
});
