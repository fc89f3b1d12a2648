import { describe, expect, it } from '@jest/globals';
import { requireSecondFactor } from './second-factor.js';

const NOW = new Date('2026-12-04T08:00:00.000Z');
const outcome = (agoMs: number | null) => {
  const required = requireSecondFactor(
    { secondFactorAt: agoMs === null ? null : new Date(NOW.getTime() - agoMs) },
    NOW,
  );
  return required.ok ? required.value.getTime() - NOW.getTime() : required.problem.code;
};

describe('a second factor', () => {
  it('counts for five minutes, and only when it was proved', () => {
    expect([0, 299_000, 300_000].map(outcome)).toEqual([0, -299_000, -300_000]);
    expect([300_001, 3_600_000, null].map(outcome)).toEqual(Array(3).fill('SECOND_FACTOR_NEEDED'));
  });

  it('is not proved in the future, but for what clocks differ by', () => {
    expect([-30_000, -30_001].map(outcome)).toEqual([30_000, 'SECOND_FACTOR_NEEDED']);
  });
});
