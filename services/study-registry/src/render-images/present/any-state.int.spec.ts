import { describe, expect, it } from '@jest/globals';
import { HeaderError } from '@yinglian/dicom';
import { dataSetOf, uint16 } from '@yinglian/testing';
import fc from 'fast-check';
import {
  annotated,
  type Elements,
  graphic,
  lookupTable,
  stateFile,
  text,
  windowed,
} from '../../testing/presentation-states.js';
import { presentedFile, presentedImage } from '../../testing/presented-image.js';
import { presentedPicture } from '../testing/presented-picture.js';

const IMAGE = presentedImage(30, 20);
const FILE = presentedFile(IMAGE, new Uint8Array(600).fill(100));
const SOMETHING: Elements = {
  ...windowed(100, 50),
  ...annotated(
    [graphic('POLYLINE', [1, 2, 3, 4, 5, 6]), graphic('ELLIPSE', [1, 2, 9, 2, 5, 1, 5, 3]), graphic('POINT', [1, 2])],
    [text('左肺', [1, 1], [20, 10])],
  ),
  '00181600': ['CS', 'CIRCULAR\\POLYGONAL'],
  '00181610': ['IS', '10\\15'],
  '00181612': ['IS', '8'],
  '00181620': ['IS', '1\\1\\1\\30\\20\\15'],
  '00283000': [
    'SQ',
    [
      {
        ...lookupTable(
          0,
          8,
          Array.from({ length: 256 }, (_, at) => at),
        ),
        '00283004': ['LO', 'US'],
      },
    ],
  ],
  '00700042': ['US', uint16(90)],
};
/** What may become of a state that is as it comes. */
const OUTCOMES = ['shown', 'unreadable', 'PRESENTATION_STATE_NOT_SHOWN', 'VIEWPORT_INVALID'];

async function outcomeOf(state: Buffer): Promise<string> {
  try {
    const picture = await presentedPicture(FILE, state);
    return picture.ok ? 'shown' : picture.problem.code;
  } catch (error) {
    if (error instanceof HeaderError) return 'unreadable';
    throw error;
  }
}

describe('any presentation state', () => {
  const whole = stateFile(IMAGE, SOMETHING).file;
  /** Behind the file meta information. */
  const start = whole.length - dataSetOf(whole).length;
  const change = fc.record({
    at: fc.integer({ min: start, max: whole.length - 1 }),
    byte: fc.integer({ min: 0, max: 255 }),
  });

  it('is shown or refused, whatever has become of its bytes', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.option(fc.nat(whole.length), { freq: 8 }),
        async (changes, length) => {
          const state = Buffer.from(whole.subarray(0, length ?? whole.length));
          for (const { at, byte } of changes) if (at < state.length) state[at] = byte;
          const outcome = await outcomeOf(state);
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          expect(OUTCOMES).toContain(outcome);
        },
      ),
      { numRuns: 300, interruptAfterTimeLimit: 40_000, examples: [[[], null]] },
    );
    expect(Math.min(seen.get('shown') ?? 0, seen.get('PRESENTATION_STATE_NOT_SHOWN') ?? 0)).toBeGreaterThan(0);
  });

  it('is shown or refused, whatever its numbers and words are', async () => {
    const words = fc.constantFrom(
      '',
      'Y',
      'PIXEL',
      'DISPLAY',
      'POINT',
      'CIRCLE',
      'ELLIPSE',
      'INTERPOLATED',
      'INVERSE',
      'MAGNIFY',
      '-1',
      '0',
      '1e300',
      'NaN',
    );
    const numbers = fc.array(fc.oneof(fc.float(), fc.constantFrom(0, 1, 30, -5, 1e6)), { maxLength: 12 });
    const value = fc.oneof(
      words,
      numbers.map((values) => Buffer.from(Float32Array.from(values).buffer)),
      fc.uint8Array({ maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
    );
    const drawn = fc.record({
      type: fc.constantFrom('POINT', 'POLYLINE', 'CIRCLE', 'ELLIPSE', 'INTERPOLATED'),
      points: numbers,
    });
    const tags = fc.constantFrom(
      '00181600',
      '00181602',
      '00181610',
      '00181612',
      '00181620',
      '00281052',
      '00281053',
      '00700041',
      '00700042',
      '20500020',
    );
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 3 }),
        fc.array(fc.tuple(tags, value), { maxLength: 3 }),
        async (graphics, changes) => {
          const changed: Elements = Object.fromEntries(
            changes.map(([tag, one]) => [tag, [String(SOMETHING[tag]?.[0] ?? 'CS'), one] as const]),
          );
          const drawings = annotated(graphics.map(({ type, points }) => graphic(type, points)));
          const outcome = await outcomeOf(stateFile(IMAGE, { ...SOMETHING, ...drawings, ...changed }).file);
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
          expect(OUTCOMES).toContain(outcome);
        },
      ),
      { numRuns: 200, interruptAfterTimeLimit: 40_000 },
    );
    // Neither all nor none of them are refused.
    expect(Math.min(seen.get('shown') ?? 0, seen.get('PRESENTATION_STATE_NOT_SHOWN') ?? 0)).toBeGreaterThan(0);
  });
});
