import { describe, expect, it } from '@jest/globals';
import { daysBefore, daysBetween, halves, isWithin, localTime, restAfter, WHOLE_DAY } from './backfill-plan.js';

describe('the plan of a backfill', () => {
  it('counts days back over the ends of months and years', () => {
    expect([daysBefore('20260301', 1), daysBefore('20240301', 1), daysBefore('20260101', 366)]).toEqual([
      '20260228',
      '20240229',
      '20241231',
    ]);
    expect([
      daysBetween('20260101', '20260101'),
      daysBetween('20240101', '20250101'),
      daysBetween('20260102', '20260101'),
    ]).toEqual([1, 367, 0]);
  });

  it('goes by the clock of the hospital', () => {
    const now = new Date('2026-11-25T16:05:00Z');
    expect([localTime(now, 'Asia/Shanghai'), localTime(now, 'Asia/Urumqi')]).toEqual([
      { day: '20261126', minute: 5 },
      { day: '20261125', minute: 22 * 60 + 5 },
    ]);
  });

  it.each([
    [22 * 60, true],
    [23 * 60 + 59, true],
    [0, true],
    [6 * 60 - 1, true],
    [6 * 60, false],
    [12 * 60, false],
  ])('knows at minute %i whether a night over midnight lasts: %s', (minute, isNight) => {
    expect(isWithin(minute, [{ from: 22 * 60, to: 6 * 60 }])).toBe(isNight);
  });

  it('halves a day until a minute is left', () => {
    expect(halves(WHOLE_DAY)).toEqual(['000000-115959', '120000-235959']);
    expect(halves('120000-120159')).toEqual(['120000-120059', '120100-120159']);
    expect(halves('120000-120059')).toBeUndefined();
  });

  it('lets a study rest longer after each failure, up to six hours', () => {
    expect([1, 2, 3, 100].map((attempts) => restAfter(attempts, 60_000))).toEqual([
      60_000, 120_000, 240_000, 21_600_000,
    ]);
  });
});
