import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import sharp from 'sharp';
import { type Answer, RegistryService } from '../testing/registry-service.js';
import { testStudy } from '../testing/test-study.js';

describe('WADO-RS of thumbnails', () => {
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
  /** Size, and brightness in the middle and in a corner: the phantom is a bright disc. */
  const seen = async ({ status, body }: Answer) => {
    expect(status).toBe(200);
    const { data, info } = await sharp(body).greyscale().raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => data[y * info.width + x] ?? -1;
    return [info.width, info.height, at(128, 128) > 60, at(2, 2) < 50];
  };

  it.each([
    ['a study', () => ''],
    ['a series', () => `/series/${series.seriesInstanceUid}`],
    ['an instance', () => instance().slice(study().length)],
    ['a frame', () => `${instance().slice(study().length)}/frames/1`],
    ['frames', () => `${instance().slice(study().length)}/frames/1,1`],
  ])('shows %s, twice the same', async (_, path) => {
    const address = `${study()}${path()}/thumbnail`;
    const first = await registry.get(address, 'image/jpeg');
    expect(await seen(first)).toEqual([256, 256, true, true]);
    expect(first.headers.get('content-type')).toBe('image/jpeg');
    expect((await registry.get(address, '*/*')).body.equals(first.body)).toBe(true);
  });

  it('is a PNG, in the size that is asked for, and is not sent again to who has it', async () => {
    const address = `${instance()}/thumbnail?viewport=100,40`;
    const { body, headers } = await registry.get(address, 'image/png');
    const { format, width, height } = await sharp(body).metadata();
    expect([format, width, height]).toEqual(['png', 40, 40]);
    const known = { 'if-none-match': headers.get('etag') ?? '' };
    expect((await registry.get(address, 'image/png', {}, known)).status).toBe(304);
    expect((await registry.get(`${instance()}/thumbnail`, 'image/png', {}, known)).status).toBe(200);
    const region = await registry.get(`${instance()}/thumbnail?viewport=9,9,1,1,2,2`, 'image/png');
    expect([region.status, region.json.code]).toEqual([400, 'VIEWPORT_INVALID']);
  });

  it('has none of what is no image, of a frame that is not there, or of another type', async () => {
    const { studyUid, files } = testStudy();
    await registry.store('H001', files);
    const none = await registry.get(`/dicom-web/studies/${studyUid}/thumbnail`, 'image/jpeg');
    expect([none.status, none.json.code]).toEqual([404, 'NOT_AN_IMAGE']);
    const beyond = await registry.get(`${instance()}/frames/2/thumbnail`, 'image/jpeg');
    expect([beyond.status, beyond.json.code]).toEqual([404, 'FRAME_NOT_FOUND']);
    const other = await registry.get(`${study()}/thumbnail`, 'image/gif');
    expect([other.status, other.json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });
});
