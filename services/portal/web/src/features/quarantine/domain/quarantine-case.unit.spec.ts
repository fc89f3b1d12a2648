import { describe, expect, it } from '@jest/globals';
import { type Pixels, pixelsOf, shownDate, shownName } from './quarantine-case.js';

describe('a case in words', () => {
  it.each([
    ['Wang^XiaoDong=王^小东', '王小东 · Wang XiaoDong'],
    ['王^小东=', '王小东'],
    ['LI^NA', 'LI NA'],
    ['', ''],
  ])('names the patient of %j as %j', (value, shown) => {
    expect(shownName(value)).toBe(shown);
  });

  it('shows a date that is one', () => {
    expect(['20260105', '2026.01', ''].map(shownDate)).toEqual(['2026-01-05', '2026.01', '']);
  });

  it.each<[Pixels, Pixels[]]>([
    ['differ', ['equal', 'not-compared', 'differ']],
    ['not-compared', ['equal', 'not-compared']],
    ['equal', ['no-pixels', 'equal']],
    ['no-pixels', ['no-pixels']],
    ['no-pixels', []],
  ])('says %s of pixels that are %j', (said, all) => {
    const instance = { sopInstanceUid: '1.2', instanceNumber: '1', first: 'a', other: 'b', differences: 0 };
    expect(pixelsOf(all.map((pixels) => ({ ...instance, pixels })))).toBe(said);
  });
});
