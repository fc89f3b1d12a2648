import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CT_IMAGE_STORAGE,
  type CtSeries,
  ctSeries,
  dataSetOf as dataSetOfFile,
  fileOf,
  uint16,
} from '@yinglian/testing';
import fc from 'fast-check';
import { pixelsOf } from '../render-images/testing/presented-picture.js';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { partsOf } from '../testing/parts-of.js';
import {
  annotated,
  dataSetOf,
  displayedArea,
  type Elements,
  graphic,
  layer,
  type PresentedImage,
  type StateFile,
  stateFile,
  text,
  windowed,
} from '../testing/presentation-states.js';
import { RegistryService } from '../testing/registry-service.js';
import { framesFile, newPlace } from '../testing/rendered-files.js';

const PNG = 'image/png';
const JPEG = 'image/jpeg';
const PARTS = 'multipart/related; type="image/png"';
const MULTI_FRAME_GREY = '1.2.840.10008.5.1.4.1.1.7.2';

/** Hounsfield units. */
const RESCALED: Elements = { '00281052': ['DS', '-1024'], '00281053': ['DS', '1'], '00281054': ['LO', 'HU'] };

const reference = (image: PresentedImage, frames?: string): Elements => ({
  '00081150': ['UI', image.sopClassUid],
  '00081155': ['UI', image.sopInstanceUids[0] ?? ''],
  ...(frames === undefined ? {} : { '00081160': ['IS', frames] as const }),
});
const referring = (image: PresentedImage, ...references: Elements[]): Elements => ({
  '00081115': ['SQ', [{ '00081140': ['SQ', references], '0020000E': ['UI', image.seriesUid] }]],
});

const ofNothing: PresentedImage = {
  studyUid: '1.2.3',
  seriesUid: '1.2.3.4',
  patientId: 'P',
  sopClassUid: CT_IMAGE_STORAGE,
  sopInstanceUids: ['1.2.3.4.5'],
  columns: 1,
  rows: 1,
};

describe('WADO-RS of rendered presentation states', () => {
  let registry: RegistryService;
  let series: CtSeries;
  let stack: PresentedImage;
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(4);
    await registry.store('H001', series.slices.map(fileOf));
    const place = newPlace();
    const greys = [10, 20, 30].map((grey) => new Uint8Array(6).fill(grey));
    const { file, address } = framesFile(3, 2, greys, place);
    await registry.store('H001', [file]);
    stack = {
      ...place,
      seriesUid: `${place.studyUid}.1`,
      sopClassUid: MULTI_FRAME_GREY,
      sopInstanceUids: [address.split('/').at(-1) ?? ''],
      columns: 3,
      rows: 2,
    };
  });
  afterAll(() => registry.stop());

  const ofSlices = (...slices: number[]): PresentedImage => ({
    studyUid: series.studyInstanceUid,
    seriesUid: series.seriesInstanceUid,
    patientId: series.patientId,
    sopClassUid: CT_IMAGE_STORAGE,
    sopInstanceUids: slices.map((slice) => series.slices[slice]?.sopInstanceUid ?? ''),
    columns: 512,
    rows: 512,
  });
  const stored = async (changes: Elements, image = ofSlices(0)): Promise<StateFile> => {
    const state = stateFile(image, changes);
    await registry.store('H001', [state.file]);
    return state;
  };
  const codeOf = async (path: string, accept = PNG, person = {}) => {
    const { status, json } = await registry.get(path, accept, person);
    return [status, json?.code];
  };
  it('shows the image by the state’s window, with what is drawn upon it', async () => {
    const drawn = annotated(
      [graphic('POLYLINE', [100.5, 20.5, 300.5, 20.5])],
      [text('左肺上叶结节', [20, 40], [200, 60])],
    );
    const { address } = await stored({ ...RESCALED, ...windowed(-500, 100), ...drawn });
    const { status, headers, body } = await registry.get(`${address}/rendered`, PNG);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, PNG, 'no-store']);
    const { width, height, data } = await pixelsOf(body);
    const at = (x: number, y: number) => data[y * width + x];
    expect([width, height]).toEqual([512, 512]);
    expect([at(0, 0), at(256, 256), at(200, 20), at(200, 30)]).toEqual([0, 255, 255, 0]);
    const letters = [...data.subarray(40 * width, 60 * width)].filter((grey) => grey > 200);
    expect(letters.length).toBeGreaterThan(150);
  });

  it('shows it in the size and the quality that are asked for, with what may be written on it', async () => {
    const { address } = await stored({ ...RESCALED, ...windowed(5000, 2) });
    const sized = await pixelsOf((await registry.get(`${address}/rendered?viewport=100,200`, PNG)).body);
    expect([sized.width, sized.height, new Set(sized.data).size]).toEqual([100, 100, 1]);
    const [low, high] = await Promise.all(
      [5, 100].map(async (quality) => (await registry.get(`${address}/rendered?quality=${quality}`, JPEG)).body.length),
    );
    expect(low).toBeLessThan(high ?? 0);
    const written = await pixelsOf((await registry.get(`${address}/rendered?annotation=patient`, PNG)).body);
    expect(written.data.some((grey) => grey > 200)).toBe(true);
  });

  it('shows all images and frames that it refers to, in its order', async () => {
    const { address, series: ofStates } = await stored({}, ofSlices(2, 0, 1));
    const parts = partsOf(await registry.get(`${address}/rendered`, PNG));
    expect(parts.map(({ headers }) => headers['content-type'])).toEqual([PNG, PNG, PNG]);
    const shown = await Promise.all(parts.map(async ({ body }) => (await pixelsOf(body)).data));
    const alone = await Promise.all(
      [2, 0, 1].map(async (slice) => {
        const { address: one } = await stored({}, ofSlices(slice));
        return (await pixelsOf((await registry.get(`${one}/rendered`, PNG)).body)).data;
      }),
    );
    expect(shown.map((data, place) => data.equals(alone[place] ?? Buffer.alloc(0)))).toEqual([true, true, true]);
    expect(new Set(shown.map(String)).size).toBe(3);
    expect(partsOf(await registry.get(`${ofStates}/rendered`, PARTS))).toHaveLength(3);
    const ofStudy = partsOf(await registry.get(`/dicom-web/studies/${series.studyInstanceUid}/rendered`, PNG));
    expect(ofStudy).toHaveLength(4);
  });

  it('shows the frames that it names, and all where it names none', async () => {
    const greys = async (frames?: string) => {
      const { address } = await stored(referring(stack, reference(stack, frames)), stack);
      const parts = partsOf(await registry.get(`${address}/rendered`, PARTS));
      return Promise.all(parts.map(async ({ body }) => (await pixelsOf(body)).data[0]));
    };
    expect([await greys(), await greys('3\\1'), await greys('2')]).toEqual([[10, 20, 30], [30, 10], [20]]);
  });

  it('shows each frame by the window and the area that are for it', async () => {
    const ofFrame = (frame: string): Elements => ({ '00081140': ['SQ', [reference(stack, frame)]] });
    const window = (frame: string, center: string): Elements => ({
      ...ofFrame(frame),
      '00281050': ['DS', center],
      '00281051': ['DS', '2'],
    });
    const { address } = await stored(
      {
        '00283110': ['SQ', [window('1', '5'), window('2\\3', '25')]],
        '0070005A': ['SQ', [{ ...displayedArea([1, 1], [2, 1]), ...ofFrame('1\\3') }, displayedArea([1, 1], [3, 2])]],
      },
      stack,
    );
    const parts = partsOf(await registry.get(`${address}/rendered`, PNG));
    const shown = await Promise.all(parts.map(async ({ body }) => [...(await pixelsOf(body)).data]));
    expect(shown).toEqual([
      [255, 255],
      [0, 0, 0, 0, 0, 0],
      [255, 255],
    ]);
  });

  it.each([
    ['window=1,2,linear', 400, 'PRESENTATION_STATE_PARAMETERS'],
    ['viewport=5,5,1,1,10,10', 400, 'PRESENTATION_STATE_PARAMETERS'],
    ['viewport=5,5,,,-5,5', 400, 'PRESENTATION_STATE_PARAMETERS'],
    ['viewport=0,5', 400, 'VIEWPORT_INVALID'],
    ['presentationUID=1.2.3', 400, 'PRESENTATION_STATE_UNSUPPORTED'],
    ['iccprofile=srgb', 400, 'ICC_PROFILE_UNSUPPORTED'],
  ])('refuses %s', async (query, status, code) => {
    const { address } = await stored({});
    expect(await codeOf(`${address}/rendered?${query}`)).toEqual([status, code]);
  });

  it('has no picture of another study’s image, of one that is not there, or of a frame that is not', async () => {
    const other = referring(stack, reference(stack));
    const missing = referring(
      ofSlices(0),
      reference(ofSlices(0)),
      reference({ ...ofSlices(0), sopInstanceUids: ['1.2.3'] }),
    );
    const inOtherSeries = referring({ ...ofSlices(0), seriesUid: '1.2.3' }, reference(ofSlices(0)));
    for (const changes of [other, missing, inOtherSeries]) {
      const { address } = await stored(changes);
      expect(await codeOf(`${address}/rendered`)).toEqual([404, 'PRESENTATION_STATE_IMAGE_NOT_FOUND']);
    }
    const { address: itself } = await stored({});
    const ofState = {
      ...ofSlices(0),
      seriesUid: itself.split('/')[5] ?? '',
      sopInstanceUids: [itself.split('/').at(-1) ?? ''],
    };
    const { address } = await stored(referring(ofState, reference(ofState)));
    expect(await codeOf(`${address}/rendered`)).toEqual([404, 'PRESENTATION_STATE_IMAGE_NOT_FOUND']);
    const { address: late } = await stored(referring(stack, reference(stack, '1\\4')), stack);
    expect(await codeOf(`${late}/rendered`)).toEqual([404, 'FRAME_NOT_FOUND']);
    expect(await codeOf(`${late}/rendered`, 'image/gif')).toEqual([404, 'FRAME_NOT_FOUND']);
    expect(await codeOf(`${late}/frames/1/rendered`)).toEqual([404, 'NOT_AN_IMAGE']);
    expect(await codeOf(`${itself}/rendered`, 'image/gif')).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('is read as of a version of the study, with the images that were there', async () => {
    const place = newPlace();
    const first = framesFile(3, 2, [new Uint8Array(6).fill(40)], place);
    const second = framesFile(3, 2, [new Uint8Array(6).fill(50)], place);
    const images = [first, second].map(({ address }) => ({
      ...stack,
      ...place,
      seriesUid: `${place.studyUid}.1`,
      sopInstanceUids: [address.split('/').at(-1) ?? ''],
    }));
    const [early = stack, late = stack] = images;
    await registry.store('H001', [first.file]);
    const { address } = await stored(referring(early, reference(early), reference(late)), early);
    await registry.store('H001', [second.file]);
    const codes = async (version: string) => codeOf(`${address}/rendered${version}`);
    expect(await codes('')).toEqual([200, undefined]);
    expect(await codes('?version=3')).toEqual([200, undefined]);
    expect(await codes('?version=2')).toEqual([404, 'PRESENTATION_STATE_IMAGE_NOT_FOUND']);
    expect(await codes('?version=1')).toEqual([404, 'INSTANCE_NOT_FOUND']);
  });

  it('has no picture of what is withdrawn, nor any where one is', async () => {
    const { address } = await stored({}, ofSlices(0, 3));
    const { address: whole } = await stored({}, ofSlices(0));
    expect((await registry.get(`${address}/rendered`, PNG)).status).toBe(200);
    const steward = new DecidingSteward(registry);
    const part = {
      seriesInstanceUid: series.seriesInstanceUid,
      sopInstanceUid: series.slices[3]?.sopInstanceUid ?? '',
    };
    expect((await steward.withdraw(series.studyInstanceUid, part)).status).toBeLessThan(300);
    expect(await codeOf(`${address}/rendered`)).toEqual([404, 'PRESENTATION_STATE_IMAGE_NOT_FOUND']);
    expect((await registry.get(`${whole}/rendered`, PNG)).status).toBe(200);
  });

  it.each<[string, Elements]>([
    ['no image', { '00081115': undefined }],
    ['a UID that is none', referring({ ...ofNothing, seriesUid: '1.2\0.3' }, reference(ofNothing))],
    ['no displayed area', { '0070005A': undefined }],
    [
      'a displayed area of another image',
      {
        '0070005A': [
          'SQ',
          [
            {
              ...displayedArea([1, 1], [2, 2]),
              '00081140': ['SQ', [{ '00081150': ['UI', CT_IMAGE_STORAGE], '00081155': ['UI', '1.2.3'] }]],
            },
          ],
        ],
      },
    ],
    [
      'a displayed area of a million pixels a side',
      { '0070005A': ['SQ', [displayedArea([1, 1], [1_000_000, 1_000_000])]] },
    ],
    ['an oblique rotation', { '00700042': ['US', uint16(45)] }],
    ['a subtraction mask', { '00286100': ['SQ', [{ '00286101': ['CS', 'AVG_SUB'] }]] }],
    ['a curve', { '00700060': ['SQ', [layer('C')]], '50001001': ['CS', 'C'] }],
    ['a bitmap shutter', { '00181600': ['CS', 'BITMAP'], '00181623': ['US', uint16(0x6000)] }],
    ['a window without width', { '00283110': ['SQ', [{ '00281050': ['DS', '40'] }]] }],
    [
      'a table that ends early',
      {
        '00283000': [
          'SQ',
          [{ '00283002': ['US', Buffer.concat([300, 0, 16].map(uint16))], '00283006': ['OW', Buffer.alloc(100)] }],
        ],
      },
    ],
    ['a sequence that nobody can read', { '00700001': ['UN', dataSetOf({ '00700002': ['CS', 'NOTES'] })] }],
    ['half a point', annotated([graphic('POLYLINE', [1, 2, 3])])],
    ['other points than it counts', annotated([graphic('POLYLINE', [1, 2, 3, 4], { '00700021': ['US', uint16(3)] })])],
    ['a point that is no number', annotated([graphic('POLYLINE', [1, 2, Number.NaN, 4])])],
    ['a point far away', annotated([graphic('POLYLINE', [1, 2, 1e30, 4])])],
    ['a graphic of no known type', annotated([graphic('STAR', [1, 2, 3, 4])])],
    ['a graphic in no known unit', annotated([graphic('POLYLINE', [1, 2, 3, 4], { '00700005': ['CS', 'MATRIX'] })])],
    ['a graphic in no layer', { ...annotated([graphic('POLYLINE', [1, 2, 3, 4])]), '00700060': undefined }],
    [
      'a compound graphic alone',
      {
        '00700001': [
          'SQ',
          [{ '00700002': ['CS', 'NOTES'], '00700209': ['SQ', [{ '00700226': ['UL', Buffer.from([1, 0, 0, 0])] }]] }],
        ],
      },
    ],
    [
      'a text without a place',
      annotated([], [text('a', [1, 1], [2, 2], { '00700010': undefined, '00700011': undefined })]),
    ],
    ['more text than anybody reads', annotated([], Array(3).fill(text('a'.repeat(1_000), [1, 1], [2, 2])))],
    ['more objects than anybody draws', annotated(Array(1_001).fill(graphic('POINT', [1, 2])))],
    ['more points than anybody draws', annotated(Array(4).fill(graphic('POLYLINE', Array(12_000).fill(1))))],
  ])('is refused whole when it says %s', async (_, changes) => {
    const { address } = await stored(changes);
    const { status, json } = await registry.get(`${address}/rendered`, PNG);
    expect([status, json.code]).toEqual([406, 'PRESENTATION_STATE_NOT_SHOWN']);
    expect(json.detail).toMatch(/^[A-Z][a-zA-Z0-9 ,;<>]+$/);
  });

  it('is answered or refused, whatever has become of its bytes', async () => {
    const changed = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(changed, async (changes) => {
        const drawn = annotated([graphic('POLYLINE', [1, 1, 2, 2])], [text('结节', [1, 1], [2, 2])]);
        const { file, address } = stateFile(ofSlices(0), { ...windowed(1, 2), ...drawn });
        const from = file.length - dataSetOfFile(file).length;
        for (const [at, byte] of changes) file[from + (at % (file.length - from))] = byte;
        const isStored = await registry.store('H001', [file]).then(
          () => true,
          () => false,
        );
        if (!isStored) return;
        const { status } = await registry.get(`${address}/rendered?viewport=64,64`, PNG);
        statuses.add(status);
        expect([200, 404, 406]).toContain(status);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 30_000 },
    );
    expect([...statuses]).toContain(200);
  });

  it('is decided and recorded as one opening of its study', async () => {
    const { address } = await stored({}, ofSlices(0, 1));
    expect(await codeOf(`${address}/rendered`, PNG, { hospital: 'H003' })).toEqual([403, 'ACCESS_REASON_NEEDED']);
    const { headers } = await registry.get(`${address}/rendered`, PNG, { subject: 'dr.once' });
    const recorded = (await registry.events('audit')).filter(({ data }) =>
      JSON.stringify(data.actor).includes('dr.once'),
    );
    expect(recorded.map(({ data }) => [data.action, data.studyInstanceUid])).toEqual([
      ['study.retrieve', series.studyInstanceUid],
    ]);
    const etag = headers.get('etag') ?? '';
    const again = await registry.get(`${address}/rendered`, PNG, { subject: 'dr.once' }, { 'if-none-match': etag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const { address: other } = await stored({ ...windowed(1, 2) }, ofSlices(0, 1));
    expect((await registry.get(`${other}/rendered`, PNG)).headers.get('etag')).not.toBe(etag);
  });
});
