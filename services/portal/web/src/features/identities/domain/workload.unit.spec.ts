import { describe, expect, it } from '@jest/globals';
import { riskLevel } from './risk-level.js';
import { duration, openCounts } from './workload.js';

describe('the workload', () => {
  it('counts those who wait for a steward apart from those who wait for a hospital', () => {
    const open = [
      { kind: 'SHARED_ID', waiting: 2, today: 1, week: 3, older: 0 },
      { kind: 'LATE_ID', waiting: 1, today: 0, week: 0, older: 5 },
    ];
    expect(openCounts({ open })).toEqual({ open: 9, waiting: 3 });
  });

  it('says how long it takes in the unit that fits', () => {
    expect([90, 7_199, 7_200, 172_799, 172_800].map((seconds) => duration(seconds))).toEqual([
      { unit: 'minutes', count: 2 },
      { unit: 'minutes', count: 120 },
      { unit: 'hours', count: 2 },
      { unit: 'hours', count: 48 },
      { unit: 'days', count: 2 },
    ]);
  });

  it('calls risks by three names', () => {
    expect([100, 70, 69, 40, 39, 0].map(riskLevel)).toEqual(['high', 'high', 'middle', 'middle', 'low', 'low']);
  });
});
