import { describe, expect, it } from '@jest/globals';
import { endOf } from './sign-in-session.js';

const MINUTE_MS = 60_000;
const limits = { idleMs: 30 * MINUTE_MS, longestMs: 720 * MINUTE_MS };
const at = (minute: number) => new Date(Date.UTC(2026, 11, 4) + minute * MINUTE_MS);

describe('a session', () => {
  const session = (usedAt: number) => ({
    uid: 'a-session',
    account: 'dr.lin',
    begunAt: at(0),
    lastUsedAt: at(usedAt),
    methods: ['pwd', 'otp'] as const,
    secondFactorAt: at(0),
    userAgent: '',
    address: '10.1.20.31',
  });

  it.each([
    ['lives while it is used', 0, 29.9, undefined],
    ['is over after half an hour without use', 0, 30, 'IDLE'],
    ['lives on when it was used meanwhile', 25, 54.9, undefined],
    ['is over after twelve hours, though it is used', 719.9, 720, 'TOO_OLD'],
  ] as const)('%s', (_, usedAt, now, end) => {
    expect(endOf(session(usedAt), limits, at(now))).toBe(end);
  });
});
