import { expect, it } from '@jest/globals';
import { readTimestamp } from './timestamp.js';

it.each([
  ['20260102030405', '2026-01-01T19:04:05.000Z'],
  ['20260102030405.1234', '2026-01-01T19:04:05.123Z'],
  ['20260102030405+0000', '2026-01-02T03:04:05.000Z'],
  ['202601020304', '2026-01-01T19:04:00.000Z'],
  ['20260102', '2026-01-01T16:00:00.000Z'],
  ['2026-01-02 03:04:05', '2026-01-01T19:04:05.000Z'],
  ['20260230', undefined],
  ['20261302', undefined],
  ['2026010203', undefined],
  ['', undefined],
  ['昨天', undefined],
])('the time stamp %j means %s at a sender in +0800', (value, instant) => {
  expect(readTimestamp(value, '+0800')).toBe(instant);
});
