import { describe, expect, it } from '@jest/globals';
import { BreakGlassKind, BreakGlassVerdict } from '@yinglian/contracts';
import { KINDS, lasts, timeLeft, VERDICTS } from './glass.js';

const NOW = Date.parse('2026-12-04T08:00:00.000Z');
const after = (ms: number) => new Date(NOW + ms).toISOString();

describe('broken glass on the screen', () => {
  it('says how long it lasts still', () => {
    expect([7_200_000, 7_199_001, 3_600_000, 252_000, 1, 0, -1].map((ms) => timeLeft(after(ms), NOW))).toEqual([
      '2:00:00',
      '2:00:00',
      '1:00:00',
      '04:12',
      '00:01',
      '',
      '',
    ]);
  });

  it('lasts until it is ended or its time is over', () => {
    expect([
      lasts({ closedAt: null, expiresAt: after(1) }, NOW),
      lasts({ closedAt: null, expiresAt: after(0) }, NOW),
      lasts({ closedAt: after(-1), expiresAt: after(1) }, NOW),
    ]).toEqual([true, false, false]);
  });

  it('offers every kind and every verdict that there is', () => {
    expect([[...KINDS].sort(), [...VERDICTS].sort()]).toEqual([
      [...BreakGlassKind.options].sort(),
      [...BreakGlassVerdict.options].sort(),
    ]);
  });
});
