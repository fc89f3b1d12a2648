import { describe, expect, it } from '@jest/globals';
import { limitAt, minutesLeft, percentDone } from './backfill-forecast.js';

const at = (hour: number, minute = 0) => hour * 60 + minute;
const DAY = at(24);

describe('how long a backfill will take', () => {
  const nights = { windows: [{ from: at(22), to: at(6) }], studiesPerHour: 100_000, studiesPerHourOutside: 0 };

  it('is what it needs when it may work at once', () => {
    expect(minutesLeft(60, at(23), nights, 60)).toBe(60);
    expect(minutesLeft(0, at(12), nights, 60)).toBe(0);
  });

  it('has the days in it at which nothing moves', () => {
    expect(minutesLeft(60, at(12), nights, 60)).toBe(at(10) + 60);
    // Two nights and an hour of 480 studies each.
    expect(minutesLeft(2 * 480 + 60, at(22), nights, 60)).toBe(2 * DAY + 60);
    // The last one comes at the end of the night, and not when the next one begins.
    expect(minutesLeft(480, at(22), nights, 60)).toBe(at(8));
  });

  it('goes no faster than the hospital allows, by night and by day', () => {
    const throttled = { ...nights, studiesPerHour: 30, studiesPerHourOutside: 6 };
    expect(minutesLeft(30, at(22), throttled, 1_000)).toBe(60);
    expect(minutesLeft(6, at(12), throttled, 1_000)).toBe(60);
    expect(limitAt(at(22), throttled)).toBe(30);
    expect(limitAt(at(6), throttled)).toBe(6);
  });

  it('is not known when nothing moves at any hour', () => {
    expect(minutesLeft(1, at(12), { ...nights, windows: [] }, 60)).toBeNull();
    expect(minutesLeft(1, at(12), nights, 0)).toBeNull();
  });
});

describe('how much of a backfill is done', () => {
  const extent = { days: 10, daysLeft: 0, studies: 200, settled: 200 };

  it('is all of it only when every day was searched and every study is settled', () => {
    expect(percentDone(extent)).toBe(100);
    expect(percentDone({ ...extent, settled: 199 })).toBe(99);
    expect(percentDone({ ...extent, daysLeft: 10 })).toBe(50);
  });

  it('is nothing before the first day was searched, and days without studies count', () => {
    expect(percentDone({ days: 0, daysLeft: 10, studies: 0, settled: 0 })).toBe(0);
    expect(percentDone({ days: 5, daysLeft: 5, studies: 0, settled: 0 })).toBe(50);
  });
});
