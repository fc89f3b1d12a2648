import { describe, expect, it } from '@jest/globals';
import { shownDate, shownName } from './shown-values.js';

describe('a value as it is shown', () => {
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
});
