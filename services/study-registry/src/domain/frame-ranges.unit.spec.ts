import { describe, expect, it } from '@jest/globals';
import { frameRanges } from './frame-ranges.js';

const native = (rows: number, bitsAllocated: number, numberOfFrames: number, length: number) => ({
  rows,
  columns: rows,
  bitsAllocated,
  numberOfFrames,
  pixels: { offset: 1_000, length, frames: null },
});

describe('the place of a frame', () => {
  it('is found in native pixel data, padding left out', () => {
    const grey = native(3, 8, 3, 28);
    expect([1, 2, 3].map((frame) => frameRanges(grey, frame))).toEqual([[[1_000, 9]], [[1_009, 9]], [[1_018, 9]]]);
    expect(frameRanges(native(3, 8, 1, 10), 1)).toEqual([[1_000, 9]]);
  });

  it('counts the samples of colours', () => {
    expect(frameRanges(native(4, 8, 2, 96), 2)).toEqual([[1_048, 48]]);
  });

  it('covers the bits of a frame that begins within a byte', () => {
    expect(frameRanges(native(3, 1, 2, 3), 2)).toEqual([[1_001, 2]]);
    const fifteenBits = { ...native(3, 1, 2, 4), columns: 5 };
    expect([1, 2].map((frame) => frameRanges(fifteenBits, frame))).toEqual([[[1_000, 2]], [[1_001, 3]]]);
  });

  it('is the fragments of encapsulated pixel data', () => {
    const pixels = {
      offset: 900,
      length: null,
      frames: [
        [[1_000, 5]],
        [
          [1_013, 4],
          [1_025, 2],
        ],
      ] as [number, number][][],
    };
    const image = { ...native(4, 8, 2, 0), pixels };
    expect(frameRanges(image, 2)).toEqual([
      [1_013, 4],
      [1_025, 2],
    ]);
    expect(frameRanges(image, 3)).toBeUndefined();
  });

  it.each([0, 4, -1])('is nowhere for frame %d of three', (frame) => {
    expect(frameRanges(native(3, 8, 3, 28), frame)).toBeUndefined();
  });

  it('is nowhere beyond truncated pixel data', () => {
    expect(frameRanges(native(4, 8, 4, 32), 4)).toEqual([[1_024, 8]]);
    expect(frameRanges({ ...native(4, 8, 4, 32), pixels: null }, 1)).toBeUndefined();
  });
});
