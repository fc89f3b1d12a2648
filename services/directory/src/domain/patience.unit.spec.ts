import { describe, expect, it } from '@jest/globals';
import { failedAgain, failedAgainFrom, patienceWithAccount, patienceWithAddress } from './patience.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 11, 4) + seconds * 1_000);
const secondsLeft = (count: number) => {
  const patience = patienceWithAccount({ count, lastAt: at(0) }, at(0));
  return patience.kind === 'try' ? 0 : [patience.kind, (patience.until.getTime() - at(0).getTime()) / 1_000];
};

describe('patience with an account', () => {
  it('waits longer and longer from the third failure on, and locks for 15 minutes from the tenth', () => {
    expect([0, 1, 2, 3, 4, 5, 9, 10, 11].map(secondsLeft)).toEqual([
      0,
      0,
      0,
      ['wait', 2],
      ['wait', 4],
      ['wait', 8],
      ['wait', 128],
      ['locked', 900],
      ['locked', 900],
    ]);
  });

  it('is over when its time is', () => {
    const locked = { count: 10, lastAt: at(0) };
    expect(patienceWithAccount(locked, at(899)).kind).toBe('locked');
    expect(patienceWithAccount(locked, at(900))).toEqual({ kind: 'try' });
    expect(failedAgain(locked, at(900))).toEqual({ count: 11, lastAt: at(900) });
  });

  it('begins anew after a day', () => {
    expect(failedAgain({ count: 10, lastAt: at(0) }, at(24 * 3_600 + 1))).toEqual({ count: 1, lastAt: at(86_401) });
  });
});

describe('patience with an address', () => {
  it('lets a hospital fail sixty times, and then once in half a minute', () => {
    expect(patienceWithAddress({ count: 60, lastAt: at(0) }, at(0))).toEqual({ kind: 'try' });
    expect(patienceWithAddress({ count: 62, lastAt: at(0) }, at(59))).toEqual({ kind: 'wait', until: at(60) });
    expect(patienceWithAddress({ count: 62, lastAt: at(0) }, at(60))).toEqual({ kind: 'try' });
    expect(failedAgainFrom({ count: 60, lastAt: at(0) }, at(30))).toEqual({ count: 60, lastAt: at(30) });
    expect(failedAgainFrom({ count: 5, lastAt: at(0) }, at(3_600))).toEqual({ count: 1, lastAt: at(3_600) });
  });
});
