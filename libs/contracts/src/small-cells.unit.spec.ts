import { describe, expect, it } from '@jest/globals';
import { withoutSmallCell, withoutSmallCells } from './small-cells.js';

describe('small cells', () => {
  it('are of one to four; nobody and five are told', () => {
    expect([0, 1, 4, 5, 600].map(withoutSmallCell)).toEqual([0, null, null, 5, 600]);
  });

  it.each([
    ['none', { a: 0, b: 5, c: 90 }, { a: 0, b: 5, c: 90 }],
    ['several', { a: 1, b: 4, c: 90 }, { a: null, b: null, c: 90 }],
    ['one, with the smallest other, which would tell it', { a: 3, b: 90, c: 7 }, { a: null, b: 90, c: null }],
    ['one beside nobody', { a: 3, b: 0 }, { a: null, b: 0 }],
  ])('are left out of a sum: %s', (_, figures, cells) => {
    expect(withoutSmallCells<string>(figures)).toEqual(cells);
  });
});
