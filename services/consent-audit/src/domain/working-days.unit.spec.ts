import { describe, expect, it } from '@jest/globals';
import { endOfWorkingDay, localDayOf } from './working-days.js';

const weekdays = new Set([1, 2, 3, 4, 5]);
const days = new Map([
  ...['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, false] as const),
  ['2026-10-10', true] as const,
]);
const due = (from: string, n = 3) => endOfWorkingDay(new Date(from), n, { weekdays, days }).toISOString();

describe('working days', () => {
  it.each([
    ['of a week', '2026-12-07T02:00:00Z', '2026-12-10T16:00:00.000Z'],
    ['go past a weekend', '2026-12-04T02:00:00Z', '2026-12-09T16:00:00.000Z'],
    ['begin after a day off', '2026-12-05T02:00:00Z', '2026-12-09T16:00:00.000Z'],
    ['go past a holiday, and count a Saturday that is made up', '2026-09-30T02:00:00Z', '2026-10-10T16:00:00.000Z'],
    [
      'are days of China: late in the evening of UTC it is tomorrow',
      '2026-12-06T16:30:00Z',
      '2026-12-10T16:00:00.000Z',
    ],
  ])('%s', (_, from, expected) => {
    expect(due(from)).toBe(expected);
  });

  it('change at midnight in China', () => {
    expect(['2026-12-04T15:59:59.999Z', '2026-12-04T16:00:00.000Z'].map((at) => localDayOf(new Date(at)))).toEqual([
      '2026-12-04',
      '2026-12-05',
    ]);
  });

  it('must exist', () => {
    expect(() => endOfWorkingDay(new Date(), 3, { weekdays: new Set(), days })).toThrow('no working days');
  });
});
