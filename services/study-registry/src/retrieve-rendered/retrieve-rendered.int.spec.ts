import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import sharp from 'sharp';
import { partsOf } from '../testing/parts-of.js';
import { type Answer, RegistryService } from '../testing/registry-service.js';
import { framesFile, newPlace, pdfFile, type RenderedFile } from '../testing/rendered-files.js';
import { testStudy } from '../testing/test-study.js';

const JPEG = 'image/jpeg';
const PNG = 'image/png';
const PARTS = 'multipart/related; type="image/png"';
/** Four by two pixels; the second frame is black. */
const STEPS = Uint8Array.of(0, 30, 60, 90, 120, 150, 180, 210);

describe('WADO-RS of rendered resources', () => {
  let registry: RegistryService;
  let series: CtSeries;
  let frames: RenderedFile;
  const document = Buffer.from('%PDF-1.4 an odd one');
  const pdf = pdfFile(document);
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(3);
    frames = framesFile(4, 2, [STEPS, new Uint8Array(8), STEPS]);
    await registry.store('H001', series.slices.map(fileOf));
    await registry.store('H001', [frames.file]);
    await registry.store('H001', [pdf.file]);
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const ofSeries = () => `${study()}/series/${series.seriesInstanceUid}`;
  const instance = () => `${ofSeries()}/instances/${series.slices[0]?.sopInstanceUid}`;
  const shape = async (body: Buffer) => {
    const { format, width, height } = await sharp(body).metadata();
    return `${format} ${width} x ${height}`;
  };
  const pixels = async ({ status, body }: Answer) => {
    expect(status).toBe(200);
    const { data, info } = await sharp(body).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: [...data] };
  };
  const codeOf = async (path: string, accept = JPEG) => {
    const { status, json } = await registry.get(path, accept);
    return [status, json?.code];
  };

  it('gives one picture by itself, or as the only part', async () => {
    const single = await registry.get(`${instance()}/rendered`, '*/*');
    expect(single.headers.get('content-type')).toBe(JPEG);
    expect(await shape(single.body)).toBe('jpeg 512 x 512');
    const [part, ...others] = partsOf(await registry.get(`${instance()}/frames/1/rendered`, PARTS));
    expect([part?.headers['content-type'], others.length]).toEqual([PNG, 0]);
    expect(await shape(part?.body ?? Buffer.alloc(0))).toBe('png 512 x 512');
  });

  it.each([
    ['a study', study, 3],
    ['a series', ofSeries, 3],
    ['an instance', () => frames.address, 3],
    ['frames', () => `${frames.address}/frames/1,3`, 2],
  ])('gives all pictures of %s in parts, also to who accepts single ones', async (_, path, count) => {
    for (const accept of [PARTS, PNG]) {
      const answer = await registry.get(`${path()}/rendered`, accept);
      expect(answer.headers.get('content-type')).toMatch(/^multipart\/related; type="image\/png"; boundary=/);
      const parts = partsOf(answer);
      expect(await Promise.all(parts.map(({ body }) => shape(body)))).toEqual(
        Array(count).fill(path().includes(frames.study) ? 'png 4 x 2' : 'png 512 x 512'),
      );
    }
  });

  it.each([
    ['image/png;q=0.4, image/jpeg;q=0.5', '', JPEG],
    ['image/gif, image/png;q=0.1', '', PNG],
    ['image/*', '', JPEG],
    ['image/gif', `?accept=${encodeURIComponent('image/gif,image/png;q=0.2')}`, PNG],
  ])('accepts %s%s', async (accept, query, type) => {
    const { headers } = await registry.get(`${instance()}/rendered${query}`, accept);
    expect(headers.get('content-type')).toBe(type);
  });

  it('shows a window, in the unit after rescaling', async () => {
    const at = async (window: string) => {
      const { width, data } = await pixels(await registry.get(`${instance()}/rendered?window=${window}`, PNG));
      return [data[0], data[256 * width + 256]];
    };
    // Air is -1000 to -937, the disc -24 to 39 Hounsfield units.
    expect(await at('-500,100,linear')).toEqual([0, 255]);
    expect(await at('5000,100,sigmoid')).toEqual([0, 0]);
    expect(await at('-5000,1,linear-exact')).toEqual([255, 255]);
  });

  it('shows a region, mirrored and enlarged', async () => {
    const shown = async (viewport: string) =>
      pixels(await registry.get(`${frames.address}/frames/1/rendered?viewport=${viewport}`, PNG));
    expect(await shown('4,2')).toEqual({ width: 4, height: 2, data: [...STEPS] });
    expect((await shown('2,2,1,0,2,2')).data).toEqual([30, 60, 150, 180]);
    expect((await shown('9,1,2,1,50,50')).data).toEqual([180, 210]);
    expect((await shown('4,2,,,-4,-2')).data).toEqual([...STEPS].reverse());
    const { width, height } = await shown('100,100');
    expect([width, height]).toEqual([100, 50]);
  });

  it('writes who it is and how it was made on the picture, and nothing unless that is asked for', async () => {
    const rows = async (annotation: string) => {
      const query = `window=5000,2,linear${annotation}`;
      const { width, data } = await pixels(await registry.get(`${instance()}/rendered?${query}`, PNG));
      const white = data.flatMap((grey, index) => (grey > 200 ? [Math.floor(index / width)] : []));
      return { above: white.filter((row) => row < 256).length, below: white.filter((row) => row >= 256).length };
    };
    const [none, patient, technique] = [
      await rows(''),
      await rows('&annotation=patient'),
      await rows('&annotation=technique'),
    ];
    const both = await rows('&annotation=patient,technique');
    expect(none).toEqual({ above: 0, below: 0 });
    expect([patient.above > 500, patient.below]).toEqual([true, 0]);
    expect([technique.above, technique.below > 500]).toEqual([0, true]);
    expect(both).toEqual({ above: patient.above, below: technique.below });
  });

  it('has another tag when the person is known whose name is written on it', async () => {
    const tags = async () =>
      Promise.all(
        ['technique', 'patient'].map(async (annotation) =>
          (await registry.get(`${instance()}/rendered?annotation=${annotation}`, JPEG)).headers.get('etag'),
        ),
      );
    const [technique, patient] = await tags();
    await registry.link('H001', series.patientId, 'P01KB0000000000000000000006');
    const [same, other] = await tags();
    expect([same === technique, other === patient]).toEqual([true, false]);
  });

  it('writes JPEG in the quality that is asked for', async () => {
    const size = async (quality: number) =>
      (await registry.get(`${instance()}/rendered?quality=${quality}`, JPEG)).body.length;
    const sizes = [await size(10), await size(60), await size(100)];
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes).size).toBe(3);
  });

  it.each([
    ['window=1,2', 400, 'WINDOW_INVALID'],
    ['viewport=0,5', 400, 'VIEWPORT_INVALID'],
    ['viewport=5,5,600,0,10,10', 400, 'VIEWPORT_INVALID'],
    ['quality=101', 400, 'QUALITY_INVALID'],
    ['annotation=all', 400, 'ANNOTATION_INVALID'],
    ['iccprofile=srgb', 400, 'ICC_PROFILE_UNSUPPORTED'],
    ['presentationUID=1.2.3', 400, 'PRESENTATION_STATE_UNSUPPORTED'],
  ])('refuses %s', async (query, status, code) => {
    for (const path of [study(), instance(), `${instance()}/frames/1`]) {
      expect(await codeOf(`${path}/rendered?${query}`)).toEqual([status, code]);
    }
  });

  it('has none of other types, of a frame that is not there, of what is no image, or of too much', async () => {
    expect(await codeOf(`${instance()}/rendered`, 'image/gif')).toEqual([406, 'NOT_ACCEPTABLE']);
    expect(await codeOf(`${instance()}/rendered`, 'multipart/related; type="application/dicom"')).toEqual([
      406,
      'NOT_ACCEPTABLE',
    ]);
    expect(await codeOf(`${frames.address}/frames/1,4/rendered`)).toEqual([404, 'FRAME_NOT_FOUND']);
    expect(await codeOf(`${study()}/series/1.2.3/rendered`)).toEqual([404, 'SERIES_NOT_FOUND']);
    const { studyUid, files } = testStudy();
    await registry.store('H001', files);
    expect(await codeOf(`/dicom-web/studies/${studyUid}/rendered`)).toEqual([404, 'NOT_AN_IMAGE']);
    const long = framesFile(1, 1, Array(1_001).fill(Uint8Array.of(1)));
    await registry.store('H001', [long.file]);
    expect(await codeOf(`${long.address}/rendered`)).toEqual([413, 'PICTURES_TOO_MANY']);
    expect((await registry.get(`${long.address}/frames/1001/rendered`, JPEG)).status).toBe(200);
  });

  it('is refused when the pixels are broken, not half shown', async () => {
    const broken = framesFile(200, 200, [new Uint8Array(100)]);
    await registry.store('H001', [broken.file]);
    expect(await codeOf(`${broken.address}/rendered`)).toEqual([406, 'RENDERING_UNSUPPORTED']);
    const place = newPlace();
    const [whole, late] = [100, 50].map((bytes) => framesFile(10, 10, [new Uint8Array(bytes)], place));
    await registry.store('H001', [whole?.file ?? Buffer.alloc(0), late?.file ?? Buffer.alloc(0)]);
    await expect(registry.get(`${whole?.series}/rendered`, JPEG)).rejects.toThrow('terminated');
  });

  it('ends with the client that goes away', async () => {
    const noise = randomBytes(300 * 256 * 256);
    const many = framesFile(
      256,
      256,
      Array.from({ length: 300 }, (_, frame) => noise.subarray(frame * 65_536, (frame + 1) * 65_536)),
    );
    await registry.store('H001', [many.file]);
    const made = async () => {
      const metrics = await (await fetch(`${registry.address}/metrics`)).text();
      return Number(/^registry_pictures_rendered_total\{outcome="rendered"[^}]*\} (\d+)/m.exec(metrics)?.[1] ?? 0);
    };
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const before = await made();
    const client = new AbortController();
    const { body } = await fetch(`${registry.address}${many.address}/rendered`, {
      headers: { authorization: `Bearer ${token}`, accept: PARTS },
      signal: client.signal,
    });
    await body?.getReader().read();
    client.abort();
    let last = await made();
    for (let previous = -1; previous !== last; last = await made()) {
      previous = last;
      await setTimeout(200);
    }
    expect(last - before).toBeGreaterThan(0);
    expect(last - before).toBeLessThan(250);
  });

  it('of a PDF is the document', async () => {
    for (const path of [pdf.address, pdf.series, pdf.study]) {
      const { headers, body } = await registry.get(`${path}/rendered`, 'application/pdf');
      expect([headers.get('content-type'), body.toString()]).toEqual(['application/pdf', document.toString()]);
    }
    const [part] = partsOf(await registry.get(`${pdf.address}/rendered`, 'multipart/related; type="application/pdf"'));
    expect(part?.body.equals(document)).toBe(true);
    expect(await codeOf(`${pdf.address}/rendered`, JPEG)).toEqual([406, 'NOT_ACCEPTABLE']);
    expect(await codeOf(`${pdf.address}/frames/1/rendered`, JPEG)).toEqual([404, 'NOT_AN_IMAGE']);
  });

  it('is decided and recorded before anything is sent, also when nothing is sent', async () => {
    const stranger = await registry.get(`${instance()}/rendered`, JPEG, { hospital: 'H003' });
    expect([stranger.status, stranger.json.code]).toEqual([403, 'ACCESS_REASON_NEEDED']);
    const first = await registry.get(`${ofSeries()}/rendered?viewport=64,64`, JPEG);
    const etag = first.headers.get('etag') ?? '';
    expect([etag.slice(0, 3), first.headers.get('cache-control')]).toEqual(['W/"', 'no-store']);
    const before = (await registry.events('audit')).length;
    const again = await registry.get(`${ofSeries()}/rendered?viewport=64,64`, JPEG, {}, { 'if-none-match': etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await registry.events('audit')).length).toBe(before + 1);
    const tags = await Promise.all(
      ['', '?viewport=64,65', '?viewport=64,64&quality=5', '?viewport=64,64&window=1,2,linear'].map(async (query) =>
        (await registry.get(`${ofSeries()}/rendered${query}`, JPEG)).headers.get('etag'),
      ),
    );
    expect(new Set([etag, ...tags]).size).toBe(5);
  });
});
