import { describe, expect, it } from '@jest/globals';
import { GapCode } from '@yinglian/contracts';
import { zh } from '../../../i18n/zh.js';
import { type DayReport, daysUntil, gradeOf, percentOf, type Rate, rowsOf } from './report.js';

const report = (hospital: string, day: string): DayReport => ({
  hospital,
  day,
  reportedAt: `${day}T18:30:00.000Z`,
  isVerified: true,
  rate: 1,
  deadlines: { met: 10, late: 0, due: 0, overdue: 0 },
  studies: 10,
  gaps: [],
});

describe('completeness of hospitals', () => {
  it('has words for every gap that a gateway may report', () => {
    expect(Object.keys(zh.completeness.gaps).sort()).toEqual([...GapCode.options].sort());
  });

  it('is never rounded up to whole', () => {
    expect(percentOf(1)).toBe('100%');
    expect(percentOf(0.9999)).toBe('99.9%');
    expect([1, 0.9999, 0.94, 'few', null].map((rate) => gradeOf(rate as Rate))).toEqual([
      'whole',
      'good',
      'poor',
      'empty',
      'empty',
    ]);
    expect([percentOf('few'), percentOf(null)]).toEqual(['–', '–']);
  });

  it('has silent hospitals first, then those with the lowest rate', () => {
    const days = daysUntil('2026-11-25', 2);
    const reports = [
      report('H001', '2026-11-23'),
      report('H001', '2026-11-24'),
      report('H002', '2026-11-23'),
      report('H002', '2026-11-24'),
      report('H003', '2026-11-24'),
      report('H005', '2026-11-23'),
      report('H005', '2026-11-24'),
    ];
    const ofHospitals: Record<string, Rate> = { H001: 1, H002: 0.9, H003: 1, H005: 'few' };
    const rates = { ofHospitals, ofDays: {} };
    const rows = rowsOf(['H001', 'H002', 'H003', 'H004', 'H005'], days, { reports, rates });
    expect(days).toEqual(['2026-11-23', '2026-11-24']);
    expect(rows.map(({ hospital, rate, silentDays }) => [hospital, rate, silentDays])).toEqual([
      ['H004', null, 2],
      ['H003', 1, 1],
      ['H002', 0.9, 0],
      ['H001', 1, 0],
      ['H005', 'few', 0],
    ]);
    expect(rows[1]?.days[0]).toBeUndefined();
  });
});
