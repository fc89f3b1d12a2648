import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { SmallCells, smallCellsShape } from './small-cells.js';

describe('small cells', () => {
  const cells = new SmallCells(5);

  it('are of one to four; nobody and five are told', () => {
    expect([0, 1, 4, 5, 600].map((count) => cells.without(count))).toEqual([0, null, null, 5, 600]);
    expect([0, 1, 10, 11].map((count) => new SmallCells(11).without(count))).toEqual([0, null, null, 11]);
  });

  it.each([
    ['none', { a: 0, b: 5, c: 90 }, { a: 0, b: 5, c: 90 }],
    ['several', { a: 1, b: 4, c: 90 }, { a: null, b: null, c: 90 }],
    ['one, with the smallest other, which would tell it', { a: 3, b: 90, c: 7 }, { a: null, b: 90, c: null }],
    ['one beside nobody', { a: 3, b: 0 }, { a: null, b: 0 }],
  ])('are left out of a sum: %s', (_, figures, expected) => {
    expect(cells.withoutOf<string>(figures)).toEqual(expected);
  });

  it('are of fewer than five unless a province says more, or less, but never of fewer than three', () => {
    const read = (given?: string) => z.object(smallCellsShape).safeParse({ SMALL_CELLS_FEWER_THAN: given }).data;
    expect([read(), read('3'), read('20'), read('2'), read('few')]).toEqual([
      { SMALL_CELLS_FEWER_THAN: 5 },
      { SMALL_CELLS_FEWER_THAN: 3 },
      { SMALL_CELLS_FEWER_THAN: 20 },
      undefined,
      undefined,
    ]);
  });
});
