import { describe, expect, it } from '@jest/globals';
import { waitAfter, waitLeft } from './sign-in-patience.js';

describe('patience with failing sign-ins', () => {
  it('forgives five, then waits twice as long each time, at most five minutes', () => {
    expect([0, 4, 5, 6, 7, 12, 13, 1000].map(waitAfter)).toEqual([
      0, 0, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
  });

  it('counts from the last failure', () => {
    expect(waitLeft(undefined, 10_000)).toBe(0);
    expect(waitLeft({ count: 5, lastAt: 10_000 }, 10_500)).toBe(1_500);
    expect(waitLeft({ count: 5, lastAt: 10_000 }, 13_000)).toBe(0);
  });
});
