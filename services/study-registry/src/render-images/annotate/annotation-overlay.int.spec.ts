import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { annotationOverlay } from './annotation-overlay.js';
import { textOutline } from './text-outline.js';

const SIZE = { width: 320, height: 200 };

/** Where there is ink: its first and last column and row, and how many pixels are white. */
async function ink(svg: Buffer) {
  const { data, info } = await sharp(svg).flatten({ background: '#777' }).greyscale().raw().toBuffer({
    resolveWithObject: true,
  });
  const at = [...data.keys()].filter((index) => (data[index] ?? 0) > 200);
  const [columns, rows] = [at.map((index) => index % info.width), at.map((index) => Math.floor(index / info.width))];
  return {
    size: `${info.width} x ${info.height}`,
    columns: [Math.min(...columns), Math.max(...columns)],
    rows: [Math.min(...rows), Math.max(...rows)],
    white: at.length,
  };
}

describe('letters on a picture', () => {
  it('are as large as the picture, white, and in their corner', async () => {
    const above = await ink(await annotationOverlay({ upperLeft: ['张伟  Zhang Wei'], lowerLeft: [] }, SIZE));
    const below = await ink(await annotationOverlay({ upperLeft: [], lowerLeft: ['张伟  Zhang Wei'] }, SIZE));
    expect([above.size, below.size]).toEqual(['320 x 200', '320 x 200']);
    expect(above.white).toBeGreaterThan(150);
    expect(above.rows[1]).toBeLessThan(40);
    expect(below.rows[0]).toBeGreaterThan(160);
    expect(above.columns[1]).toBeLessThan(160);
  });

  it('of Chinese are drawn, each as its own, without any font of the machine', async () => {
    const names = ['堃', '喆', '翀', '龚', '王', '玉'];
    const drawn = await Promise.all(names.map((name) => textOutline(name, 16, 300)));
    expect(drawn.map(({ width }) => width)).toEqual(names.map(() => 16));
    expect(new Set(drawn.map(({ path }) => path)).size).toBe(names.length);
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
