import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DicomJson, nativeModelOf } from '@yinglian/dicom';
import { type CtSeries, ctSeries, element, fileOf, part10 } from '@yinglian/testing';
import { RegistryService } from '../testing/registry-service.js';

const PERSON = 'P01KB0000000000000000000004';
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';

describe('WADO-RS of metadata and bulk data', () => {
  let registry: RegistryService;
  let series: CtSeries;
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(4);
    const files = series.slices.map(fileOf);
    await registry.store('H001', files.slice(0, 2));
    await registry.store('H001', files.slice(2));
    await registry.link('H001', series.patientId, PERSON);
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const inSeries = () => `${study()}/series/${series.seriesInstanceUid}`;
  const metadata = async (path: string): Promise<DicomJson[]> => (await registry.get(`${path}/metadata`)).json;

  it('has every instance in its order, under the province’s identity', async () => {
    for (const path of [study(), inSeries()]) {
      const instances = await metadata(path);
      expect(instances.map((instance) => instance['00080018']?.Value?.[0])).toEqual(
        series.slices.map(({ sopInstanceUid }) => sopInstanceUid),
      );
      expect(new Set(instances.map((instance) => instance['00100020']?.Value?.[0]))).toEqual(new Set([PERSON]));
    }
    const [only, ...none] = await metadata(`${inSeries()}/instances/${series.slices[3]?.sopInstanceUid}`);
    expect(none).toEqual([]);
    expect(only).toMatchObject({
      '00080050': { vr: 'SH', Value: [`A${series.patientId}`] },
      '00080051': { vr: 'SQ', Value: [{ '00400031': { vr: 'UT', Value: ['H001'] } }] },
      '00081030': { vr: 'LO', Value: ['胸部平扫'] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Bench^Patient', Ideographic: '测试^病人' }] },
      '00100021': { vr: 'LO', Value: ['YINGLIAN'] },
      '00101002': { vr: 'SQ', Value: [{ '00100020': { vr: 'LO', Value: [series.patientId] } }] },
      '00200032': { vr: 'DS', Value: [-250, -250, 3] },
      '00280010': { vr: 'US', Value: [512] },
    });
  });

  it('is compressed for those who can read it', async () => {
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const authorization = `Bearer ${token}`;
    const zipped = await fetch(`${registry.address}${study()}/metadata`, { headers: { authorization } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(((await zipped.json()) as DicomJson[]).length).toBe(4);
    const plain = await fetch(`${registry.address}${study()}/metadata`, {
      headers: { authorization, 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(((await plain.json()) as DicomJson[]).length).toBe(4);
    const picture = await registry.get(`${study()}/metadata`, 'image/png');
    expect([picture.status, picture.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('is XML for those who ask for it, and says what the JSON does', async () => {
    const { headers, body } = await registry.get(
      `${study()}/metadata`,
      'multipart/related; type="application/dicom+xml"',
    );
    const type = headers.get('content-type') ?? '';
    expect(type).toMatch(/^multipart\/related; type="application\/dicom\+xml"; boundary=[\w-]+$/);
    const [, ...parts] = body.toString().split(`--${type.split('boundary=')[1]}`);
    expect(parts.pop()).toBe('--\r\n');
    const json = await metadata(study());
    expect(parts).toEqual(
      json.map((one) => `\r\nContent-Type: application/dicom+xml\r\n\r\n${nativeModelOf(one)}\r\n`),
    );
  });

  it('points to bulk data, which is there whole', async () => {
    const [first] = await metadata(inSeries());
    const uri = first?.['7FE00010']?.BulkDataURI ?? '';
    expect(uri).toBe(`${inSeries()}/instances/${series.slices[0]?.sopInstanceUid}/bulkdata/7FE00010`);
    const { body, headers } = await registry.get(uri, '*/*');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(body.equals(series.slices[0]?.dataSet.subarray(-512 * 512 * 2) ?? Buffer.alloc(0))).toBe(true);
    const none = await registry.get(uri.replace('7FE00010', '00420011'), '*/*');
    expect([none.status, none.json.code]).toEqual([404, 'BULK_DATA_NOT_FOUND']);
  });

  it('gives an encapsulated document as what it says it is', async () => {
    const pdf = Buffer.from(`%PDF-1.4 ${'.'.repeat(2_000)} %%EOF `);
    const uid = `1.2.826.0.1.3680043.10.1561.8.${Date.now()}`;
    const dataSet = Buffer.concat([
      element(0x00080016, 'UI', ENCAPSULATED_PDF),
      element(0x00080018, 'UI', `${uid}.1`),
      element(0x00080060, 'CS', 'DOC'),
      element(0x0020000d, 'UI', uid),
      element(0x0020000e, 'UI', `${uid}.2`),
      element(0x00420011, 'OB', pdf),
      element(0x00420012, 'LO', 'application/pdf'),
    ]);
    await registry.store('H001', [part10(ENCAPSULATED_PDF, `${uid}.1`, dataSet)]);
    const [document] = await metadata(`/dicom-web/studies/${uid}`);
    const uri = document?.['00420011']?.BulkDataURI ?? '';
    const { headers, body } = await registry.get(uri, 'application/pdf');
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(body.equals(pdf)).toBe(true);
    expect((await registry.get(uri, 'image/png')).status).toBe(406);
  });

  it('is made again from the pack when it was lost', async () => {
    const before = await metadata(study());
    const { rmSync, globSync } = await import('node:fs');
    const folder = registry.environment.OBJECTS_FOLDER ?? '';
    for (const path of globSync(`${folder}/packs/**/*.metadata`)) rmSync(path);
    expect(await metadata(study())).toEqual(before);
  });
});
