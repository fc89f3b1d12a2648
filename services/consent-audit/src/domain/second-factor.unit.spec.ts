import { describe, expect, it } from '@jest/globals';
import { isProvedLately } from './second-factor.js';

const NOW = new Date('2026-12-04T08:00:00.000Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('a second factor', () => {
  it('counts for five minutes, and only when it was proved', () => {
    const ages = [0, 299_000, 300_000, 300_001, 3_600_000];
    expect(ages.map((ms) => isProvedLately(ago(ms), NOW))).toEqual([true, true, true, false, false]);
    expect(isProvedLately(null, NOW)).toBe(false);
  });

  it('is not proved in the future, but for what clocks differ by', () => {
    expect([isProvedLately(ago(-30_000), NOW), isProvedLately(ago(-30_001), NOW)]).toEqual([true, false]);
  });
});
