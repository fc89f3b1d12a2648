import type { Cell, EventData, GapCode, GatewayReportedV1, SmallCells } from '@yinglian/contracts';

type Report = EventData<typeof GatewayReportedV1>;
type Deadlines = Report['deadlines'];

/** Part of the exams whose time is up that were registered in time, of 1; null where there were none, `few` where it would be about a few. */
export type Rate = number | 'few' | null;

/** What administrators read of gateways' days: figures about at least so many exams, by day and hospital and added up. */
export function figuresOf(reports: readonly Report[], cells: SmallCells) {
  const ratesBy = (name: 'hospital' | 'day') =>
    Object.fromEntries(
      [...Map.groupBy(reports, (report) => report[name])].map(([of, its]) => [of, rateOf(sumOf(its), cells)]),
    );
  return {
    reports: reports.map((report) => dayOf(report, cells)),
    rates: { ofHospitals: ratesBy('hospital'), ofDays: ratesBy('day') },
    gaps: gapsOf(reports, cells),
    fewerThan: cells.fewerThan,
  };
}

const dayOf = ({ hospital, day, reportedAt, isVerified, deadlines, studies, gaps }: Report, cells: SmallCells) => ({
  hospital,
  day,
  reportedAt,
  isVerified,
  rate: rateOf(deadlines, cells),
  deadlines: mapDeadlines((name) => cells.without(deadlines[name])),
  studies: cells.without(studies),
  gaps: gaps.map(({ code, count }) => ({ code, count: cells.without(count) })),
});

function rateOf({ met, late, overdue }: Deadlines, cells: SmallCells): Rate {
  const judged = met + late + overdue;
  if (judged === 0) return null;
  return cells.isSmall(judged) ? 'few' : met / judged;
}

const mapDeadlines = <Value>(of: (name: keyof Deadlines) => Value): Record<keyof Deadlines, Value> => ({
  met: of('met'),
  late: of('late'),
  due: of('due'),
  overdue: of('overdue'),
});

const sumOf = (reports: readonly Report[]): Deadlines =>
  mapDeadlines((name) => reports.reduce((sum, { deadlines }) => sum + deadlines[name], 0));

/** The most frequent first. */
function gapsOf(reports: readonly Report[], cells: SmallCells): { code: GapCode; count: Cell }[] {
  const counts = new Map<GapCode, number>();
  for (const { code, count } of reports.flatMap(({ gaps }) => gaps)) counts.set(code, (counts.get(code) ?? 0) + count);
  return [...counts].sort(([, a], [, b]) => b - a).map(([code, count]) => ({ code, count: cells.without(count) }));
}
