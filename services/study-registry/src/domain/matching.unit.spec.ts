import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DATE, hasWildcard, inRange, likePattern, matchesText, readList, readRange, TIME } from './matching.js';

describe('matching of search keys (PS3.4 section C.2.2.2)', () => {
  it('reads ranges, open at either end, and single values', () => {
    expect(readRange('20260101-20260131', DATE)).toEqual({ from: '20260101', to: '20260131' });
    expect(readRange('20260101-', DATE)).toEqual({ from: '20260101', to: null });
    expect(readRange('-20260131', DATE)).toEqual({ from: null, to: '20260131' });
    expect(readRange('20260115', DATE)).toEqual({ from: '20260115', to: '20260115' });
    expect(readRange('0815-1200', TIME)).toEqual({ from: '0815', to: '1200' });
  });

  it.each(['', '-', '2026', 'today', '20260101-20260131-20260201', "20260101'--", '20260101 - x'])(
    'takes %j for no range',
    (value) => expect(readRange(value, DATE)).toBeUndefined(),
  );

  it('reads lists however they are separated', () => {
    expect(readList('1.2\\1.3,1.4, 1.2')).toEqual(['1.2', '1.3', '1.4']);
  });

  it('turns wildcards into a LIKE pattern and leaves the other signs literal', () => {
    expect(likePattern('A_1%*\\?')).toBe('A\\_1\\%%\\\\_');
  });

  it('matches exactly or by wildcards', () => {
    expect(matchesText('CT', 'CT')).toBe(true);
    expect(matchesText('ct', 'CT')).toBe(false);
    expect(matchesText('胸*', '胸部平扫')).toBe(true);
    expect(matchesText('?部*', '胸部平扫')).toBe(true);
    expect(matchesText('a.c*', 'abc')).toBe(false);
    expect(matchesText('*', '')).toBe(true);
  });

  it.each([
    ['1200', '12', true],
    ['1200', '120000', true],
    ['1200', '120059.9', true],
    ['120000', '1200', true],
    ['120000', '12', true],
    ['120001', '1200', false],
    ['-1159', '12', false],
    ['0800-1000', '1000', true],
    ['0800-1000', '100100', false],
    ['1000-', '0959', false],
  ])('takes times by what they mean: %s and %s', (key, value, matches) => {
    const range = readRange(key, TIME);
    expect(range && inRange(value, range)).toBe(matches);
  });

  it('finds by a pattern what a regular expression finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '王', '.', '%', '_', '\\', '('), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '王', '*', '?', '.', '%', '_', '('), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (key, value) => {
        const escaped = key
          .replace(/[.()\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        const isFound = hasWildcard(key) ? new RegExp(`^${escaped}$`, 'su').test(value) : key === value;
        expect(matchesText(key, value)).toBe(isFound);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no time for a pattern of many wildcards', () => {
    expect(matchesText(`${'*a'.repeat(30)}b`, 'a'.repeat(64))).toBe(false);
  });
});
