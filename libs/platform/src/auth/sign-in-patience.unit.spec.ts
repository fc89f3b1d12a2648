import { describe, expect, it } from '@jest/globals';
import { SignInPatience, waitAfter, waitLeft } from './sign-in-patience.js';

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

  it('is lost by one account from one address only, and won back by the right password', () => {
    const patience = new SignInPatience();
    for (let failure = 0; failure < 5; failure += 1) expect(patience.begin('lin', '10.0.0.1', 0)).toBe(0);
    expect(patience.begin('lin', '10.0.0.1', 0)).toBe(2_000);
    expect([patience.begin('lin', '10.0.0.2', 0), patience.begin('wang', '10.0.0.1', 0)]).toEqual([0, 0]);
    expect(patience.begin('lin', '10.0.0.1', 2_000)).toBe(0);
    patience.succeeded('lin', '10.0.0.1');
    expect(patience.begin('lin', '10.0.0.1', 2_000)).toBe(0);
  });
});
