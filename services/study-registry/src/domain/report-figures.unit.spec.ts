import { describe, expect, it } from '@jest/globals';
import { SmallCells } from '@yinglian/contracts';
import { figuresOf } from './report-figures.js';

const report = (hospital: string, day: string, met: number, overdue: number) => ({
  hospital,
  day,
  reportedAt: `${day}T18:30:00.000Z`,
  isVerified: true,
  exams: { ordered: 0, performed: overdue, received: 0, uploaded: 0, registered: met, cancelled: 0 },
  deadlines: { met, late: 0, due: 0, overdue },
  studies: met,
  gaps: overdue === 0 ? [] : [{ code: 'PERFORMED_WITHOUT_IMAGES' as const, count: overdue, studies: ['1.2'] }],
});

describe('what administrators read of gateways’ days', () => {
  const cells = new SmallCells(5);

  it('leaves out counts of a few, and rates of a few exams; what is added up is of more', () => {
    const figures = figuresOf(
      [report('H001', '2026-11-23', 3, 1), report('H001', '2026-11-24', 16, 4), report('H002', '2026-11-24', 90, 6)],
      cells,
    );
    const gap = (count: number | null) => [{ code: 'PERFORMED_WITHOUT_IMAGES', count }];
    expect(figures.reports.map(({ rate, deadlines, studies, gaps }) => [rate, deadlines, studies, gaps])).toEqual([
      ['few', { met: null, late: 0, due: 0, overdue: null }, null, gap(null)],
      [0.8, { met: 16, late: 0, due: 0, overdue: null }, 16, gap(null)],
      [0.9375, { met: 90, late: 0, due: 0, overdue: 6 }, 90, gap(6)],
    ]);
    expect([figures.rates, figures.gaps, figures.fewerThan]).toEqual([
      { ofHospitals: { H001: 19 / 24, H002: 0.9375 }, ofDays: { '2026-11-23': 'few', '2026-11-24': 106 / 116 } },
      gap(11),
      5,
    ]);
    expect(JSON.stringify(figures)).not.toContain('1.2"');
  });

  it('has no rate where no exam’s time is up', () => {
    expect(figuresOf([report('H001', '2026-11-24', 0, 0)], cells).rates).toEqual({
      ofHospitals: { H001: null },
      ofDays: { '2026-11-24': null },
    });
  });
});
