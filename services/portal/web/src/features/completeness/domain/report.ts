import type { GapCode } from '@yinglian/contracts';

export type { GapCode };

/** What a gateway reported of one of its days, as study-registry shows it. */
export interface DayReport {
  readonly hospital: string;
  /** Calendar day where the hospital is. */
  readonly day: string;
  readonly reportedAt: string;
  /** The gateway has asked the registry; otherwise the figures are its own. */
  readonly isVerified: boolean;
  readonly exams: Readonly<
    Record<'ordered' | 'performed' | 'received' | 'uploaded' | 'registered' | 'cancelled', number>
  >;
  readonly deadlines: Deadlines;
  readonly studies: number;
  readonly gaps: readonly Gap[];
}

export interface Deadlines {
  readonly met: number;
  readonly late: number;
  readonly due: number;
  readonly overdue: number;
}

export interface Gap {
  readonly code: GapCode;
  readonly count: number;
}

/** A gap of one day, with the studies that the gateway names: 50 at most. */
export interface NamedGap extends Gap {
  readonly studies: readonly string[];
}

/** Part of the exams whose time is up that were registered in time; null when there were none. */
export function rateOf({ met, late, overdue }: Pick<Deadlines, 'met' | 'late' | 'overdue'>): number | null {
  const judged = met + late + overdue;
  return judged === 0 ? null : met / judged;
}

/** 100 % is only what is whole: 99.96 % is shown as 99.9 %. */
export const percentOf = (rate: number) => `${Math.floor(rate * 1000) / 10}%`;

export type Grade = 'whole' | 'good' | 'poor';
export const gradeOf = (rate: number): Grade => (rate === 1 ? 'whole' : rate >= 0.95 ? 'good' : 'poor');

export const sumOf = (reports: readonly DayReport[]): Deadlines =>
  reports.reduce(
    (sum, { deadlines }) => ({
      met: sum.met + deadlines.met,
      late: sum.late + deadlines.late,
      due: sum.due + deadlines.due,
      overdue: sum.overdue + deadlines.overdue,
    }),
    { met: 0, late: 0, due: 0, overdue: 0 },
  );

/** Of all reports together, the most frequent first. */
export function gapsOf(reports: readonly DayReport[]): Gap[] {
  const counts = new Map<GapCode, number>();
  for (const { code, count } of reports.flatMap(({ gaps }) => gaps)) counts.set(code, (counts.get(code) ?? 0) + count);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

export interface HospitalRow {
  readonly hospital: string;
  /** One a day of the period; undefined where the hospital did not report. */
  readonly days: readonly (DayReport | undefined)[];
  readonly rate: number | null;
  readonly silentDays: number;
}

/** Hospitals by days, those with the most to be done first: silent ones, then the lowest rate. */
export function rowsOf(
  hospitals: readonly string[],
  days: readonly string[],
  reports: readonly DayReport[],
): HospitalRow[] {
  const byPlace = new Map(reports.map((report) => [`${report.hospital} ${report.day}`, report]));
  const rows = hospitals.map((hospital) => {
    const cells = days.map((day) => byPlace.get(`${hospital} ${day}`));
    const present = cells.filter((cell) => cell !== undefined);
    return { hospital, days: cells, rate: rateOf(sumOf(present)), silentDays: cells.length - present.length };
  });
  return rows.sort((a, b) => b.silentDays - a.silentDays || (a.rate ?? 2) - (b.rate ?? 2) || compare(a, b));
}

const compare = (a: HospitalRow, b: HospitalRow) => (a.hospital < b.hospital ? -1 : 1);

const DAY_MS = 24 * 3_600_000;

/** The last `count` whole days before `today`, oldest first. */
export const daysUntil = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse(today) - (count - at) * DAY_MS).toISOString().slice(0, 10),
  );
