import { describe, expect, it } from '@jest/globals';
import { placed, type Viewport, within } from './viewport.js';

const image = { width: 400, height: 200 };
const whole: Viewport = { ...within(100), enlarges: true };

describe('a viewport (PS3.18 section 8.3.5.1.3)', () => {
  it('shows the whole image in its proportions', () => {
    expect(placed(whole, image)).toEqual({
      region: { left: 0, top: 0, width: 400, height: 200 },
      mirrorsLeftRight: false,
      mirrorsTopBottom: false,
      width: 100,
      height: 50,
    });
  });

  it('shows a region, which the image’s edges clip', () => {
    const region = (left: number, top: number, regionWidth: number | null, regionHeight: number | null) =>
      placed({ ...whole, left, top, regionWidth, regionHeight }, image)?.region;
    expect(region(10, 20, 30, 40)).toEqual({ left: 10, top: 20, width: 30, height: 40 });
    expect(region(350, 150, 100, 100)).toEqual({ left: 350, top: 150, width: 50, height: 50 });
    expect(region(-20, -10, 50, 50)).toEqual({ left: 0, top: 0, width: 30, height: 40 });
    expect(region(100, 50, null, null)).toEqual({ left: 100, top: 50, width: 300, height: 150 });
    expect(region(10.5, 0, 1, 1)).toEqual({ left: 10, top: 0, width: 2, height: 1 });
  });

  it('is mirrored by a negative width or height', () => {
    const mirrored = placed({ ...whole, left: 10, top: 20, regionWidth: -30, regionHeight: -40 }, image);
    expect(mirrored).toEqual({
      region: { left: 10, top: 20, width: 30, height: 40 },
      mirrorsLeftRight: true,
      mirrorsTopBottom: true,
      width: 75,
      height: 100,
    });
  });

  it('enlarges only where that is wanted, and shows one pixel at least', () => {
    const sizeIn = (viewport: Viewport, width: number, height: number) => {
      const { width: across, height: down } = placed(viewport, { width, height }) ?? { width: 0, height: 0 };
      return [across, down];
    };
    expect(sizeIn(whole, 10, 20)).toEqual([50, 100]);
    expect(sizeIn(within(100), 10, 20)).toEqual([10, 20]);
    expect(sizeIn(within(100), 4000, 3)).toEqual([100, 1]);
  });

  it('shows pixels as squares, none of them smaller', () => {
    const own = within(1_000);
    expect(placed(own, image, 2)).toMatchObject({ width: 400, height: 400 });
    expect(placed(own, image, 0.5)).toMatchObject({ width: 800, height: 200 });
    expect(placed(whole, image, 4)).toMatchObject({ width: 50, height: 100 });
    const region = { ...whole, left: 10, top: 20, regionWidth: 10, regionHeight: 10 };
    expect(placed(region, image, 0.25)).toMatchObject({
      region: { left: 10, top: 20, width: 10, height: 10 },
      width: 100,
      height: 25,
    });
  });

  it('shows nothing where there is no image', () => {
    for (const [left, regionWidth] of [
      [400, 10],
      [-20, 20],
      [0, 0],
      [500, null],
    ] as const) {
      expect(placed({ ...whole, left, regionWidth }, image)).toBeNull();
    }
  });
});
