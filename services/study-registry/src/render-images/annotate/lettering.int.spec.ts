import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Size } from '../viewport.js';
import { type AnnotationLines, letterings } from './lettering.js';
import { textOutline } from './text-outline.js';

const SIZE = { width: 320, height: 200 };
const NOTHING = { upperLeft: [], lowerLeft: [] };

/** How many pixels are white where letters lie, and where that is. */
async function drawn(lines: AnnotationLines, size: Size) {
  return Promise.all(
    (await letterings(lines, size)).map(async ({ input, left, top }) => {
      const { data, info } = await sharp(input).flatten({ background: '#777' }).greyscale().raw().toBuffer({
        resolveWithObject: true,
      });
      const white = [...data].filter((grey) => grey > 200).length;
      return { white, right: left + info.width, top, bottom: top + info.height };
    }),
  );
}

describe('letters on a picture', () => {
  it('are white, in their corner, and no larger than they need to be', async () => {
    const [above, below, ...others] = await drawn({ upperLeft: ['张伟  Zhang Wei', 'M'], lowerLeft: ['CT'] }, SIZE);
    expect(others).toEqual([]);
    expect(above?.white).toBeGreaterThan(150);
    expect(above).toMatchObject({ top: 0, bottom: 53 });
    expect(above?.right).toBeLessThan(160);
    expect(below?.white).toBeGreaterThan(20);
    expect(below).toMatchObject({ top: 168, bottom: 200 });
    expect(await drawn(NOTHING, SIZE)).toEqual([]);
  });

  it('stay within a picture that is smaller than they are', async () => {
    const lines = ['张伟  Zhang Wei', '1980-01-01'];
    for (const { right, top, bottom } of await drawn(
      { upperLeft: lines, lowerLeft: lines },
      { width: 40, height: 9 },
    )) {
      expect([right <= 40, top, bottom]).toEqual([true, 0, 9]);
    }
  });

  it('of Chinese are drawn, each as its own, without any font of the machine', async () => {
    const names = ['堃', '喆', '翀', '龚', '王', '玉'];
    const outlines = await Promise.all(names.map((name) => textOutline(name, 16, 300)));
    expect(outlines.map(({ width }) => width)).toEqual(names.map(() => 16));
    expect(new Set(outlines.map(({ path }) => path)).size).toBe(names.length);
  });

  it('that the font has not are written as code points', async () => {
    expect(await textOutline('王㛃', 16, 300)).toEqual(await textOutline('王[U+36C3]', 16, 300));
    expect(await textOutline('𬎆', 16, 300)).toEqual(await textOutline('[U+2C386]', 16, 300));
  });

  it('end with an ellipsis where the picture does', async () => {
    const cut = await textOutline('胸部平扫'.repeat(20), 16, 100);
    expect(cut.width).toBeLessThanOrEqual(100);
    expect(cut.width).toBeGreaterThan(80);
  });
});
