import { describe, expect, it } from '@jest/globals';
import { GapCode } from '@yinglian/contracts';
import { zh } from '../../../i18n/zh.js';
import { type DayReport, daysUntil, gapsOf, gradeOf, percentOf, rateOf, rowsOf } from './report.js';

const report = (hospital: string, day: string, met: number, overdue: number): DayReport => ({
  hospital,
  day,
  reportedAt: `${day}T18:30:00.000Z`,
  isVerified: true,
  exams: { ordered: 0, performed: overdue, received: 0, uploaded: 0, registered: met, cancelled: 0 },
  deadlines: { met, late: 0, due: 0, overdue },
  studies: met,
  gaps: overdue === 0 ? [] : [{ code: 'PERFORMED_WITHOUT_IMAGES', count: overdue }],
});

describe('completeness of hospitals', () => {
  it('has words for every gap that a gateway may report', () => {
    expect(Object.keys(zh.completeness.gaps).sort()).toEqual([...GapCode.options].sort());
  });

  it('is a rate of exams whose time is up, and nothing where there are none', () => {
    expect(rateOf({ met: 3, late: 1, overdue: 0 })).toBe(0.75);
    expect(rateOf({ met: 0, late: 0, overdue: 0 })).toBeNull();
  });

  it('is never rounded up to whole', () => {
    expect(percentOf(1)).toBe('100%');
    expect(percentOf(0.9999)).toBe('99.9%');
    expect([gradeOf(1), gradeOf(0.9999), gradeOf(0.94)]).toEqual(['whole', 'good', 'poor']);
  });

  it('has silent hospitals first, then those with the lowest rate', () => {
    const days = daysUntil('2026-11-25', 2);
    const reports = [
      report('H001', '2026-11-23', 10, 0),
      report('H001', '2026-11-24', 10, 0),
      report('H002', '2026-11-23', 8, 2),
      report('H002', '2026-11-24', 10, 0),
      report('H003', '2026-11-24', 10, 0),
    ];
    const rows = rowsOf(['H001', 'H002', 'H003', 'H004'], days, reports);
    expect(days).toEqual(['2026-11-23', '2026-11-24']);
    expect(rows.map(({ hospital, rate, silentDays }) => [hospital, rate, silentDays])).toEqual([
      ['H004', null, 2],
      ['H003', 1, 1],
      ['H002', 0.9, 0],
      ['H001', 1, 0],
    ]);
    expect(rows[1]?.days[0]).toBeUndefined();
    expect(gapsOf(reports)).toEqual([{ code: 'PERFORMED_WITHOUT_IMAGES', count: 2 }]);
  });
});
