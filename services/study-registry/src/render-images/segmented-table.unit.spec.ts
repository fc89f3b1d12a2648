import { describe, expect, it } from '@jest/globals';
import { expandedSegments } from './segmented-table.js';

const words = (...values: number[]) => Uint16Array.from(values);
const bytes = (...values: number[]) => Uint8Array.from(values);
const expanded = (values: Uint8Array | Uint16Array, entries: number) => {
  const table = expandedSegments({ values, entries });
  return table === null ? null : [...table];
};

describe('a table in segments (PS3.3 section C.7.9.2)', () => {
  it('has the entries that are listed, and those on the line to the next', () => {
    expect(expanded(words(0, 2, 7, 10, 1, 4, 50), 6)).toEqual([7, 10, 20, 30, 40, 50]);
    expect(expanded(bytes(0, 1, 100, 1, 2, 0, 0), 3)).toEqual([100, 50, 0]);
  });

  it('repeats segments by their place in bytes, a line from where the table is', () => {
    expect(expanded(words(0, 1, 7, 1, 2, 11, 2, 2, 0, 0), 6)).toEqual([7, 9, 11, 7, 9, 11]);
    expect(expanded(words(0, 1, 7, 1, 2, 11, 2, 1, 6, 0), 5)).toEqual([7, 9, 11, 11, 11]);
    expect(expanded(bytes(0, 1, 7, 1, 2, 11, 2, 2, 0, 0, 0, 0), 6)).toEqual([7, 9, 11, 7, 9, 11]);
  });

  it.each([
    ['it begins with a line', words(1, 4, 50), 4],
    ['it has fewer entries than it says', words(0, 2, 7, 10), 3],
    ['it has more entries than it says', words(0, 2, 7, 10, 1, 60_000, 3), 3],
    ['a segment is of no kind', words(0, 1, 1, 3, 1, 1), 2],
    ['it repeats what repeats', words(0, 1, 7, 2, 1, 6, 0), 2],
    ['it is empty', words(), 2],
  ])('is none when %s', (_, values, entries) => expect(expanded(values, entries)).toBeNull());
});
