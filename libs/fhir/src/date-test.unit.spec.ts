import { describe, expect, it } from '@jest/globals';
import { type Period, readDateTest } from './date-test.js';

const NOW = new Date('2026-02-05T00:00:00Z');
const period = (from: string, to: string): Period => ({ from: Date.parse(from), to: Date.parse(to) });
/** A study of 5 January 2026, 08:15:00 in the province. */
const STARTED = period('2026-01-05T00:15:00Z', '2026-01-05T00:15:01Z');
/** One of the same day, of which the time is not known. */
const ALL_DAY = period('2026-01-04T16:00:00Z', '2026-01-05T16:00:00Z');

describe('a date parameter', () => {
  it.each([
    ['2026', true, true],
    ['2026-01', true, true],
    ['2026-01-05', true, true],
    ['2026-01-04', false, false],
    ['ne2026-01-04', true, true],
    ['ne2026-01-05', false, false],
    ['2026-01-05T08:15', true, false],
    ['2026-01-05T08:15:00', true, false],
    ['2026-01-05T00:15:00Z', true, false],
    ['2026-01-05T01:15:00 01:00', true, false],
    ['2026-01-05T08:16', false, false],
    ['ge2026-01-05', true, true],
    ['gt2026-01-05', false, false],
    ['gt2026-01-05T08:14', true, true],
    ['ge2026-01-05T08:15', true, true],
    ['gt2026-01-05T08:15:00', false, true],
    ['le2026-01-05', true, true],
    ['lt2026-01-05', false, false],
    ['lt2026-01-05T08:15', false, true],
    ['sa2026-01-04', true, true],
    ['sa2026-01-05T08:14', true, false],
    ['eb2026-01-06', true, true],
    ['eb2026-01-05T08:16', true, false],
    ['ap2026-01-07', true, true],
    ['ap2026-01-20', false, false],
  ])('%s holds for a time %s, for its day %s', (value, forTime, forDay) => {
    const test = readDateTest(value, '+08:00', NOW);
    expect([test?.holds(STARTED), test?.holds(ALL_DAY)]).toEqual([forTime, forDay]);
    const { from = Number.NaN, to = Number.NaN } = test?.within ?? {};
    for (const [holds, target] of [
      [forTime, STARTED],
      [forDay, ALL_DAY],
    ] as const) {
      if (holds) expect(target.to > from && target.from < to).toBe(true);
    }
  });

  it.each(['', '2026-13', '2026-02-30', '2026-1-5', 'xx2026', '2026-01-05T25:00', '2026-01-05T08', '20260105'])(
    '%j is none',
    (value) => expect(readDateTest(value, '+08:00', NOW)).toBeNull(),
  );
});
