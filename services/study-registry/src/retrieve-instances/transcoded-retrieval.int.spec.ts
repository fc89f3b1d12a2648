import { globSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXPLICIT_LITTLE_ENDIAN, parseHeader } from '@yinglian/dicom';
import { type CtSeries, ctSeries, element, fileOf, part10 } from '@yinglian/testing';
import { decodeFrame } from '../render-images/decode/decode-frame.js';
import { describeImage } from '../render-images/image-description.js';
import { frameOf } from '../render-images/testing/file-frames.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const RLE = '1.2.840.10008.1.2.5';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const KEY_OBJECTS = '1.2.840.10008.5.1.4.1.1.88.59';
const PIXEL_BYTES = 512 * 512 * 2;

const files = (...syntaxes: string[]) =>
  syntaxes.map((syntax) => `multipart/related; type="application/dicom"; transfer-syntax=${syntax}`).join(', ');

/** The values of a file's first frame. */
async function pixelsOf(file: Buffer): Promise<Buffer> {
  const source = await frameOf(file);
  const image = describeImage(source.transferSyntaxUid, source.metadata, 1);
  if (image === null) throw new Error('It is no image');
  const { samples } = await decodeFrame(image, await source.readFrame());
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

describe('WADO-RS in another transfer syntax', () => {
  let registry: RegistryService;
  let series: CtSeries;
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(3);
    await registry.store('H001', series.slices.map(fileOf));
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const instance = () => `${study()}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}`;
  const pixels = (place: number) => series.slices[place]?.dataSet.subarray(-PIXEL_BYTES) ?? Buffer.alloc(0);

  it('gives a study’s files anew, one after the other', async () => {
    const answer = await registry.get(study(), files(JPEG_LS));
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, null]);
    expect(answer.headers.get('etag')).toMatch(/^W\//);
    const parts = partsOf(answer);
    expect(parts.map(({ headers }) => headers['content-type'])).toEqual(
      Array(3).fill(`application/dicom; transfer-syntax=${JPEG_LS}`),
    );
    for (const [place, { body }] of parts.entries()) {
      expect(parseHeader(body).transferSyntaxUid).toBe(JPEG_LS);
      expect((await pixelsOf(body)).equals(pixels(place))).toBe(true);
      expect(body.length).toBeLessThan(PIXEL_BYTES);
    }
  });

  it('gives one file, and knows it again', async () => {
    const accept = `application/dicom; transfer-syntax=${RLE}`;
    const { body, headers } = await registry.get(instance(), accept);
    expect([headers.get('content-type'), headers.get('repr-digest'), headers.get('accept-ranges')]).toEqual([
      accept,
      null,
      null,
    ]);
    expect((await pixelsOf(body)).equals(pixels(0))).toBe(true);
    const known = await registry.get(instance(), accept, {}, { 'if-none-match': headers.get('etag') ?? '' });
    expect(known.status).toBe(304);
    const stored = await registry.get(instance(), 'application/dicom; transfer-syntax=*');
    expect(stored.headers.get('etag')).not.toBe(headers.get('etag'));
  });

  it('deflates a data set, and inflates it to what it was', async () => {
    const { body } = await registry.get(instance(), `application/dicom; transfer-syntax=${DEFLATED}`);
    expect(body.length % 2).toBe(0);
    const { bytes, dataSetOffset } = parseHeader(body);
    expect(
      Buffer.from(bytes)
        .subarray(dataSetOffset)
        .equals(series.slices[0]?.dataSet ?? Buffer.alloc(0)),
    ).toBe(true);
  });

  it('leaves what is stored untouched when that is as welcome', async () => {
    const parts = partsOf(await registry.get(study(), files(JPEG_LS, EXPLICIT_LITTLE_ENDIAN)));
    expect(parts.map(({ body }, place) => body.equals(fileOf(series.slices[place] ?? never())))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('gives each instance what can be given of it', async () => {
    const mixed = ctSeries(1);
    await registry.store('H001', mixed.slices.map(fileOf));
    const uid = `${mixed.seriesInstanceUid}.9`;
    const note = Buffer.concat([
      element(0x00080016, 'UI', KEY_OBJECTS),
      element(0x00080018, 'UI', `${uid}.1`),
      element(0x00080060, 'CS', 'KO'),
      element(0x00100020, 'LO', mixed.patientId),
      element(0x0020000d, 'UI', mixed.studyInstanceUid),
      element(0x0020000e, 'UI', uid),
    ]);
    await registry.store('H001', [part10(KEY_OBJECTS, `${uid}.1`, note)]);
    const address = `/dicom-web/studies/${mixed.studyInstanceUid}`;
    const refused = await registry.get(address, files(JPEG_2000));
    expect([refused.status, refused.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
    expect(refused.json.detail).toMatch(/all of them with one of: 1\.2\.840\.10008\.1\.2\.1\.99$/);
    const parts = partsOf(await registry.get(address, `${files(JPEG_2000)}, ${files('*')}; q=0.5`));
    expect(parts.map(({ body }) => parseHeader(body).transferSyntaxUid).sort()).toEqual([
      EXPLICIT_LITTLE_ENDIAN,
      JPEG_2000,
    ]);
  });

  it('gives frames in another syntax, as octets or as what they are', async () => {
    const frames = `${instance()}/frames/1`;
    for (const type of ['image/jls', 'application/octet-stream']) {
      const accept = `multipart/related; type="${type}"; transfer-syntax=${JPEG_LS}`;
      const [part, ...none] = partsOf(await registry.get(frames, accept));
      expect(none).toEqual([]);
      expect(part?.headers['content-type']).toBe(`${type}; transfer-syntax=${JPEG_LS}`);
      expect(part?.body.subarray(0, 4).toString('hex')).toBe('ffd8fff7');
    }
    const single = await registry.get(frames, `image/jp2; transfer-syntax=${JPEG_2000}`);
    expect([single.headers.get('content-type'), single.body.toString('hex', 0, 4)]).toEqual([
      `image/jp2; transfer-syntax=${JPEG_2000}`,
      'ff4fff51',
    ]);
    const other = await registry.get(frames, 'image/jpeg');
    expect([other.status, other.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
    expect(other.json.detail).toMatch(/image\/jls; transfer-syntax=1\.2\.840\.10008\.1\.2\.4\.80/);
  });

  it('says what it cannot encode before it says that it does', async () => {
    const uid = `1.2.826.0.1.3680043.10.1561.9.${Date.now()}`;
    const dataSet = Buffer.concat([
      element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'),
      element(0x00080018, 'UI', `${uid}.1`),
      element(0x0020000d, 'UI', uid),
      element(0x0020000e, 'UI', `${uid}.2`),
      element(0x00280002, 'US', Buffer.from([1, 0])),
      element(0x00280004, 'CS', 'MONOCHROME2'),
      element(0x00280010, 'US', Buffer.from([64, 0])),
      element(0x00280011, 'US', Buffer.from([64, 0])),
      element(0x00280100, 'US', Buffer.from([16, 0])),
      element(0x00280101, 'US', Buffer.from([16, 0])),
      element(0x00280102, 'US', Buffer.from([15, 0])),
      element(0x00280103, 'US', Buffer.from([0, 0])),
      element(0x7fe00010, 'OW', Buffer.alloc(100)),
    ]);
    await registry.store('H001', [part10('1.2.840.10008.5.1.4.1.1.7', `${uid}.1`, dataSet)]);
    const { status, json } = await registry.get(`/dicom-web/studies/${uid}`, files(JPEG_LS));
    expect([status, json.code, json.detail]).toEqual([406, 'TRANSCODING_UNSUPPORTED', 'The pixel data ends early']);
  });

  it('breaks off when it cannot go on', async () => {
    const damaged = ctSeries(3);
    const pack = await registry.store('H001', damaged.slices.map(fileOf));
    const [path = ''] = globSync(join(registry.environment.OBJECTS_FOLDER ?? '', `packs/*/${pack.digest}`));
    const handle = await open(path, 'r+');
    await handle.truncate(pack.manifest.instances[2]?.offset ?? 0);
    await handle.close();
    await expect(registry.get(`/dicom-web/studies/${damaged.studyInstanceUid}`, files(RLE))).rejects.toThrow(
      'terminated',
    );
  });
});

function never(): never {
  throw new Error('There is no such slice');
}
