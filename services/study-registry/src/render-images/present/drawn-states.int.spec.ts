import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@yinglian/platform';
import { uint16 } from '@yinglian/testing';
import {
  annotated,
  COLOUR_STATE,
  displayedArea,
  type Elements,
  graphic,
  layer,
  stateFile,
  text,
} from '../../testing/presentation-states.js';
import { presentedFile, presentedImage } from '../../testing/presented-image.js';
import type { RenderOptions } from '../render-frame.js';
import { pixelsOf, presentedPicture, type ShownPixels } from '../testing/presented-picture.js';
import { within } from '../viewport.js';

const [COLUMNS, ROWS] = [60, 40];
const IMAGE = presentedImage(COLUMNS, ROWS);
const BLACK = new Uint8Array(COLUMNS * ROWS);
const enlarged = (factor: number) => ({ ...within(0), width: COLUMNS * factor, height: ROWS * factor, enlarges: true });

const asked = (changes: Elements, values = BLACK, options: Partial<RenderOptions> = {}) =>
  presentedPicture(presentedFile(IMAGE, values), stateFile(IMAGE, changes).file, options);
const shown = async (...about: Parameters<typeof asked>) => pixelsOf(unwrap(await asked(...about)));
const codeOf = async (...about: Parameters<typeof asked>) => {
  const picture = await asked(...about);
  return picture.ok ? 'shown' : `${picture.problem.code} ${picture.detail}`;
};

/** Every pixel of a picture by what lies in its centre. */
function* centresOf({ width, height, data }: ShownPixels) {
  for (let at = 0; at < data.length; at += 1) {
    yield { x: (at % width) + 0.5, y: Math.floor(at / width) + 0.5, grey: data[at] ?? 0 };
  }
  expect(data.length).toBe(width * height);
}

type Distance = (x: number, y: number) => number;

/** Of a point from a line between two others. */
const fromSegment =
  (ax: number, ay: number, bx: number, by: number): Distance =>
  (x, y) => {
    const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    const share = Math.min(Math.max(along, 0), 1);
    return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay));
  };
const nearestOf =
  (...distances: Distance[]): Distance =>
  (x, y) =>
    Math.min(...distances.map((distance) => distance(x, y)));
/** From an ellipse, by both halves of its axes: to the first order, which is enough near it. */
const fromEllipse =
  (cx: number, cy: number, [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): Distance =>
  (x, y) => {
    const [a, b] = [ax * ax + ay * ay, bx * bx + by * by];
    const [u, v] = [((x - cx) * ax + (y - cy) * ay) / a, ((x - cx) * bx + (y - cy) * by) / b];
    const radius = Math.sqrt(u * u + v * v);
    return Math.abs(radius - 1) / (Math.sqrt((u * u) / a + (v * v) / b) / radius);
  };

/** Half of the thinnest line, and what its edge may cover of a pixel besides. */
const LINE = { within: 0.1, beyond: 1.75 };

const GRAPHICS: readonly [what: string, drawn: Elements, distance: Distance][] = [
  ['a line', graphic('POLYLINE', [5, 5, 50.5, 30]), fromSegment(5, 5, 50.5, 30)],
  [
    'a line of several pieces',
    graphic('POLYLINE', [5, 5, 30, 5, 30, 35]),
    nearestOf(fromSegment(5, 5, 30, 5), fromSegment(30, 5, 30, 35)),
  ],
  [
    'a circle, by its centre and a point on it',
    graphic('CIRCLE', [30, 20, 42, 25]),
    (x, y) => Math.abs(Math.hypot(x - 30, y - 20) - 13),
  ],
  [
    'an ellipse, by the ends of its axes',
    graphic('ELLIPSE', [10, 10, 40, 30, 20.5, 26.75, 29.5, 13.25]),
    fromEllipse(25, 20, [15, 10], [4.5, -6.75]),
  ],
  ['a point', graphic('POINT', [20, 15]), (x, y) => Math.hypot(x - 20, y - 15)],
  [
    'a curve through points of a line',
    graphic('INTERPOLATED', [5, 20, 20, 20, 30, 20, 55, 20]),
    fromSegment(5, 20, 55, 20),
  ],
  [
    'a part of the displayed area',
    graphic('POLYLINE', [0.25, 0.5, 0.75, 0.5], { '00700005': ['CS', 'DISPLAY'] }),
    fromSegment(15, 20, 45, 20),
  ],
];

describe('graphics of a presentation state', () => {
  it.each(GRAPHICS)('draw %s where it is, in every size, and nothing else', async (what, drawn, distance) => {
    for (const factor of [1, 4]) {
      const viewport = enlarged(factor);
      const picture = await shown(annotated([drawn]), BLACK, { viewport });
      expect([picture.width, picture.height]).toEqual([COLUMNS * factor, ROWS * factor]);
      const wrong: string[] = [];
      let white = 0;
      for (const { x, y, grey } of centresOf(picture)) {
        const pixels = distance(x / factor, y / factor) * factor;
        if (pixels < LINE.within && grey < 200) wrong.push(`${x} ${y} is ${grey} on ${what}`);
        if (pixels > (what === 'a point' ? 4 : LINE.beyond) && grey > 0)
          wrong.push(`${x} ${y} is ${grey} beside ${what}`);
        if (grey > 200) white += 1;
      }
      expect(wrong).toEqual([]);
      expect(white).toBeGreaterThan(factor === 1 && what === 'a point' ? 1 : 5);
    }
  });

  it('pass through the points of a curve', async () => {
    const points = [5, 30, 15, 8, 30, 30, 50, 10];
    const { data } = await shown(annotated([graphic('INTERPOLATED', points)]), BLACK, { viewport: enlarged(8) });
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = [(points[at] ?? 0) * 8, (points[at + 1] ?? 0) * 8];
      expect(data[y * COLUMNS * 8 + x]).toBeGreaterThan(180);
    }
  });

  it('are filled where they are to be', async () => {
    const filled: Elements = { '00700024': ['CS', 'Y'] };
    const square = [10, 10, 30, 10, 30, 30, 10, 30, 10, 10];
    for (const [type, points] of [
      ['POLYLINE', square],
      ['CIRCLE', [20, 20, 30, 20]],
    ] as const) {
      const at = async (changes: Elements) =>
        (await shown(annotated([graphic(type, points, changes)]))).data[20 * COLUMNS + 20];
      expect([await at({}), await at(filled)]).toEqual([0, 255]);
    }
  });

  it.each([0, 90, 180, 270].flatMap((degrees) => ['N', 'Y'].map((flip) => [degrees, flip] as const)))(
    'turn with the image by %i degrees, flipped %s, and with its area',
    async (degrees, flip) => {
      const [left, top, right, bottom] = [22, 12, 34, 30];
      const values = BLACK.map((_, at) => {
        const [x, y] = [at % COLUMNS, Math.floor(at / COLUMNS)];
        return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
      });
      const placed: Elements = {
        '00700041': ['CS', flip],
        '00700042': ['US', uint16(degrees)],
        '0070005A': ['SQ', [displayedArea([11, -4], [70, 35])]],
      };
      const corners = [left, top, right, top, right, bottom, left, bottom, left, top];
      const filled = graphic('POLYLINE', corners, { '00700024': ['CS', 'Y'] });
      const ofImage = await shown(placed, values);
      const drawn = await shown({ ...placed, ...annotated([filled]) });
      expect([drawn.width, drawn.height]).toEqual(degrees % 180 === 0 ? [60, 40] : [40, 60]);
      const inside = [...ofImage.data].flatMap((grey, at) => (grey === 255 ? [at] : []));
      expect(inside).toHaveLength((right - left) * (bottom - top));
      expect(inside.filter((at) => drawn.data[at] !== 255)).toEqual([]);
      // Its line reaches beyond the square by no more than a pixel.
      const most = (right - left + 2) * (bottom - top + 2);
      expect([...drawn.data].filter((grey) => grey > 0).length).toBeLessThanOrEqual(most);
    },
  );

  it('lie upon each other by the order of their layers, in their greys', async () => {
    const square = graphic('POLYLINE', [10, 10, 30, 10, 30, 30, 10, 30, 10, 10], { '00700024': ['CS', 'Y'] });
    const inLayer = (name: string): Elements => ({ '00700002': ['CS', name], '00700009': ['SQ', [square]] });
    const layers = (dark: number, light: number): Elements => ({
      '00700001': ['SQ', [inLayer('DARK'), inLayer('LIGHT')]],
      '00700060': ['SQ', [layer('DARK', dark, 0x4040), layer('LIGHT', light, 0xc0c0)]],
    });
    const middle = async (changes: Elements) => (await shown(changes)).data[20 * COLUMNS + 20];
    expect([await middle(layers(1, 2)), await middle(layers(2, 1))]).toEqual([0xc0, 0x40]);
  });

  it('apply to the images that they name', async () => {
    const named = (uid: string): Elements => ({
      '00081140': ['SQ', [{ '00081150': ['UI', IMAGE.sopClassUid], '00081155': ['UI', uid] }]],
      '00700002': ['CS', 'NOTES'],
      '00700009': ['SQ', [graphic('POLYLINE', [0, 20, 60, 20])]],
    });
    const drawnFor = async (uid: string) => {
      const changes: Elements = { '00700001': ['SQ', [named(uid)]], '00700060': ['SQ', [layer()]] };
      return (await shown(changes)).data.some((grey) => grey > 0);
    };
    expect([await drawnFor(IMAGE.sopInstanceUids[0] ?? ''), await drawnFor('1.2.3')]).toEqual([true, false]);
  });

  it('keep their shape where pixels are no squares', async () => {
    const tall = {
      '0070005A': ['SQ', [displayedArea([1, 1], [COLUMNS, ROWS], { '00700101': ['DS', '2\\1'] })]],
    } as const;
    const picture = await shown({ ...tall, ...annotated([graphic('POLYLINE', [0, 30, 60, 30])]) });
    expect([picture.width, picture.height]).toEqual([60, 80]);
    expect([picture.data[60 * 60 + 30], picture.data[30 * 60 + 30]]).toEqual([255, 0]);
  });

  it('that take too long are given up', async () => {
    const crossing = Array.from({ length: 50 }, (_, at) => (at * 7.3 * (1 + (at % 3))) % COLUMNS);
    const many = annotated(Array(800).fill(graphic('POLYLINE', crossing)));
    expect(await codeOf(many, BLACK, { viewport: enlarged(80), drawingSeconds: 1 })).toBe(
      'PRESENTATION_STATE_NOT_SHOWN Drawing it takes too long',
    );
  });

  it('of an image in colour are in the colour of their layer', async () => {
    const red: Elements = { ...layer(), '00700401': ['US', Buffer.concat([34_900, 53_500, 50_300].map(uint16))] };
    const changes: Elements = { ...annotated([graphic('POLYLINE', [0, 20, 60, 20])]), '00700060': ['SQ', [red]] };
    const rgb: Elements = {
      '00280002': ['US', uint16(3)],
      '00280004': ['CS', 'RGB'],
      '00280006': ['US', uint16(0)],
      '7FE00010': ['OB', Buffer.alloc(3 * COLUMNS * ROWS, 100)],
    };
    const { file } = stateFile(IMAGE, changes, COLOUR_STATE);
    const { channels, data } = await pixelsOf(unwrap(await presentedPicture(presentedFile(IMAGE, BLACK, rgb), file)));
    const at = (y: number) => [...data.subarray((y * COLUMNS + 30) * 3, (y * COLUMNS + 30) * 3 + 3)];
    expect([channels, at(5)]).toEqual([3, [100, 100, 100]]);
    const [r = 0, g = 255, b = 255] = at(20);
    expect([r > 200, g < 60, b < 60]).toEqual([true, true, true]);
    const ofGrey = await presentedPicture(presentedFile(IMAGE, BLACK), file);
    expect(ofGrey.ok ? '' : ofGrey.problem.code).toBe('PRESENTATION_STATE_NOT_SHOWN');
  });
});

describe('a displayed area', () => {
  const values = BLACK.map((_, at) => 1 + (at % 255));
  const area = (from: readonly [number, number], to: readonly [number, number], changes: Elements = {}): Elements => ({
    '0070005A': ['SQ', [displayedArea(from, to, changes)]],
  });

  it('is cut out of the image, black where it reaches beyond', async () => {
    const inside = await shown(area([11, 6], [13, 7]), values);
    const at = (column: number, row: number) => values[(row - 1) * COLUMNS + column - 1];
    expect([inside.width, inside.height, ...inside.data]).toEqual([
      3,
      2,
      at(11, 6),
      at(12, 6),
      at(13, 6),
      at(11, 7),
      at(12, 7),
      at(13, 7),
    ]);
    const beyond = await shown(area([0, 0], [2, 1]), values);
    expect([...beyond.data]).toEqual([0, 0, 0, 0, at(1, 1), at(2, 1)]);
  });

  it('is as large as the state magnifies it, or as is asked for', async () => {
    const magnified = area([1, 1], [20, 10], {
      '00700100': ['CS', 'MAGNIFY'],
      '00700103': ['FL', Buffer.from(Float32Array.of(2.5).buffer)],
    });
    const size = async (changes: Elements, options: Partial<RenderOptions> = {}) => {
      const { width, height } = await shown(changes, values, options);
      return [width, height];
    };
    expect(await size(magnified)).toEqual([50, 25]);
    expect(await size(magnified, { viewport: { ...within(100), enlarges: true } })).toEqual([100, 50]);
    expect(await size(area([1, 1], [20, 10], { '00700100': ['CS', 'TRUE SIZE'] }))).toEqual([20, 10]);
  });
});

describe('a shutter', () => {
  const white = BLACK.map(() => 200);
  const pairs = (...values: number[]): readonly ['IS', string] => ['IS', values.join('\\')];
  const rectangle: Elements = {
    '00181602': pairs(10),
    '00181604': pairs(50),
    '00181606': pairs(5),
    '00181608': pairs(30),
  };
  const circle: Elements = { '00181610': pairs(20, 30), '00181612': pairs(12) };
  const triangle: Elements = { '00181620': pairs(5, 10, 5, 50, 35, 10) };
  const inRectangle: Distance = (x, y) => Math.max(10 - x, x - 50, 5 - y, y - 30);
  const inCircle: Distance = (x, y) => Math.hypot(x - 30, y - 20) - 12;
  const inTriangle: Distance = (x, y) => Math.max(10 - x, 5 - y, (x - 10) / 40 + (y - 5) / 30 - 1);

  it.each<[string, Elements, Distance]>([
    ['RECTANGULAR', rectangle, inRectangle],
    ['CIRCULAR', circle, inCircle],
    ['POLYGONAL', triangle, inTriangle],
    ['RECTANGULAR\\CIRCULAR', { ...rectangle, ...circle }, (x, y) => Math.max(inRectangle(x, y), inCircle(x, y))],
  ])('that is %s covers what lies outside, in its grey', async (shape, edges, beyond) => {
    const { data } = await shown({ '00181600': ['CS', shape], '00181622': ['US', uint16(0x3030)], ...edges }, white);
    const wrong: string[] = [];
    for (const [at, grey] of data.entries()) {
      const [column, row] = [(at % COLUMNS) + 1, Math.floor(at / COLUMNS) + 1];
      const distance = beyond(column, row);
      // What lies on an edge of a triangle belongs to either side.
      if (shape === 'POLYGONAL' && Math.abs(distance) < 1e-9) continue;
      if (grey !== (distance <= 0 ? 200 : 0x30)) wrong.push(`${column} ${row} is ${grey}`);
    }
    expect(wrong).toEqual([]);
    expect(new Set(data)).toEqual(new Set([200, 0x30]));
  });

  it('does not cover what is drawn', async () => {
    const drawn = annotated([graphic('POLYLINE', [0, 35.5, 60, 35.5])]);
    const { data } = await shown({ '00181600': ['CS', 'RECTANGULAR'], ...rectangle, ...drawn }, white);
    expect([data[35 * COLUMNS + 5], data[38 * COLUMNS + 5]]).toEqual([255, 0]);
  });
});

describe('texts of a presentation state', () => {
  const viewport = enlarged(10);
  const whiteIn = (
    { width, data }: ShownPixels,
    [left, top, right, bottom]: readonly [number, number, number, number],
  ) => {
    let [inside, outside] = [0, 0];
    for (const [at, grey] of data.entries()) {
      if (grey < 200) continue;
      const [x, y] = [at % width, Math.floor(at / width)];
      if (x >= left && x <= right && y >= top && y <= bottom) inside += 1;
      else outside += 1;
    }
    return { inside, outside };
  };
  const written = async (value: string, changes: Elements = {}) =>
    shown(annotated([], [text(value, [10, 10], [50, 14], changes)]), BLACK, { viewport });

  it('are written in their box, in Chinese, over several lines', async () => {
    const one = whiteIn(await written('左肺上叶结节 8 mm'), [100, 95, 500, 125]);
    expect([one.inside > 300, one.outside]).toEqual([true, 0]);
    const two = whiteIn(await written('左肺上叶结节\r\n建议复查'), [100, 95, 500, 125]);
    expect(two.outside).toBeGreaterThan(100);
    expect((await written('左')).data.equals((await written('右')).data)).toBe(false);
  });

  it('stand to the left, in the middle and to the right of it', async () => {
    const [left, middle, right] = await Promise.all(
      ['LEFT', 'CENTER', 'RIGHT'].map((justified) => written('结节', { '00700012': ['CS', justified] })),
    );
    if (!left || !middle || !right) throw new Error('Nothing is shown');
    expect(whiteIn(left, [100, 95, 140, 125]).outside).toBe(0);
    expect(whiteIn(middle, [280, 95, 320, 125]).outside).toBe(0);
    expect(whiteIn(right, [460, 95, 500, 125]).outside).toBe(0);
  });

  it('have a line to what they are about where that is seen', async () => {
    const anchor = (visible: string): Elements => ({
      '00700004': ['CS', 'PIXEL'],
      '00700014': ['FL', Buffer.from(Float32Array.of(30, 35).buffer)],
      '00700015': ['CS', visible],
    });
    const below = async (visible: string) => (await written('结节', anchor(visible))).data[340 * 600 + 295];
    expect(await below('N')).toBe(0);
    const line = await written('结节', anchor('Y'));
    expect(whiteIn(line, [0, 130, 600, 352]).inside).toBeGreaterThan(200);
  });

  it('stand beside their anchor where they have no box', async () => {
    const alone: Elements = {
      '00700010': undefined,
      '00700011': undefined,
      '00700004': ['CS', 'PIXEL'],
      '00700014': ['FL', Buffer.from(Float32Array.of(30, 20).buffer)],
      '00700015': ['CS', 'N'],
    };
    const { inside, outside } = whiteIn(await written('结节', alone), [300, 190, 360, 222]);
    expect([inside > 50, outside]).toEqual([true, 0]);
  });

  it('are all there, or the picture is not', async () => {
    const long = '左肺上叶结节随访复查'.repeat(30);
    expect(await codeOf(annotated([], [text(long, [1, 1], [9, 9])]), BLACK, { viewport: enlarged(20) })).toBe('shown');
    expect(await codeOf(annotated([], [text(long, [1, 1], [9, 9])]))).toBe(
      'PRESENTATION_STATE_NOT_SHOWN A text has no room in the picture; a larger viewport has it',
    );
  });
});

describe('overlays of a presentation state', () => {
  const overlay = (...marks: number[]): Elements => {
    const bits = Buffer.alloc((COLUMNS * ROWS) / 8);
    for (const mark of marks) bits[mark >> 3] = (bits[mark >> 3] ?? 0) | (1 << (mark & 7));
    return {
      '60000010': ['US', uint16(ROWS)],
      '60000011': ['US', uint16(COLUMNS)],
      '60000040': ['CS', 'G'],
      '60000050': ['SS', Buffer.concat([uint16(1), uint16(1)])],
      '60000100': ['US', uint16(1)],
      '60000102': ['US', uint16(0)],
      '60003000': ['OW', bits],
    };
  };
  const activated: Elements = { '00700060': ['SQ', [layer('O')]], '60001001': ['CS', 'O'] };
  const marked = async (state: Elements, image: Elements) => {
    const picture = await presentedPicture(presentedFile(IMAGE, BLACK, image), stateFile(IMAGE, state).file);
    return [...(await pixelsOf(unwrap(picture))).data].flatMap((grey, at) => (grey === 255 ? [at] : []));
  };

  it('are those that it activates, its own before the image’s', async () => {
    expect(await marked({}, overlay(3, 70))).toEqual([]);
    expect(await marked(activated, overlay(3, 70))).toEqual([3, 70]);
    expect(await marked({ ...activated, ...overlay(5) }, overlay(3, 70))).toEqual([5]);
    expect(await marked(overlay(5), overlay(3, 70))).toEqual([]);
  });
});
