import { describe, expect, it } from '@jest/globals';
import { daysBefore, isReconciliationDue } from './nightly.js';

describe('the daily reconciliation', () => {
  it('is about the week before, also across the end of a year', () => {
    expect(daysBefore('2026-01-02')).toEqual([
      '2026-01-01',
      '2025-12-31',
      '2025-12-30',
      '2025-12-29',
      '2025-12-28',
      '2025-12-27',
      '2025-12-26',
    ]);
  });

  it('is due once a day from its hour on, and until the registry has answered', () => {
    const due = (hour: number, last?: { on: string; isVerified: boolean }) =>
      isReconciliationDue('2026-11-25', hour, 2, last);
    expect(due(1)).toBe(false);
    expect(due(2)).toBe(true);
    expect(due(23, { on: '2026-11-24', isVerified: true })).toBe(true);
    expect(due(2, { on: '2026-11-25', isVerified: true })).toBe(false);
    expect(due(3, { on: '2026-11-25', isVerified: false })).toBe(true);
  });
});
