import type { Cell, GapCode } from '@yinglian/contracts';

export type { GapCode };

/** What a gateway reported of one of its days, as study-registry shows it. */
export interface DayReport {
  readonly hospital: string;
  /** Calendar day where the hospital is. */
  readonly day: string;
  readonly reportedAt: string;
  /** The gateway has asked the registry; otherwise the figures are its own. */
  readonly isVerified: boolean;
  readonly rate: Rate;
  readonly deadlines: Readonly<Record<'met' | 'late' | 'due' | 'overdue', Cell>>;
  readonly studies: Cell;
  readonly gaps: readonly Gap[];
}

/** Part of the exams whose time is up that were registered in time; null when there were none, `few` when it would be about a few. */
export type Rate = number | 'few' | null;

/** Of all days of a period: null stands for figures of fewer than `fewerThan`. */
export interface Completeness {
  readonly reports: readonly DayReport[];
  readonly rates: Readonly<Record<'ofHospitals' | 'ofDays', Readonly<Record<string, Rate>>>>;
  /** The most frequent first. */
  readonly gaps: readonly Gap[];
  readonly fewerThan: number;
}

export interface Gap {
  readonly code: GapCode;
  readonly count: Cell;
}

/** A gap of one day, with the studies that the gateway names: 50 at most. */
export interface NamedGap {
  readonly code: GapCode;
  readonly count: number;
  readonly studies: readonly string[];
}

/** 100 % is only what is whole: 99.96 % is shown as 99.9 %. */
export const percentOf = (rate: Rate) => (typeof rate === 'number' ? `${Math.floor(rate * 1000) / 10}%` : '–');

export type Grade = 'whole' | 'good' | 'poor' | 'empty';
export function gradeOf(rate: Rate): Grade {
  if (typeof rate !== 'number') return 'empty';
  return rate === 1 ? 'whole' : rate >= 0.95 ? 'good' : 'poor';
}

export interface HospitalRow {
  readonly hospital: string;
  /** One a day of the period; undefined where the hospital did not report. */
  readonly days: readonly (DayReport | undefined)[];
  readonly rate: Rate;
  readonly silentDays: number;
}

/** Hospitals by days, those with the most to be done first: silent ones, then the lowest rate. */
export function rowsOf(
  hospitals: readonly string[],
  days: readonly string[],
  { reports, rates }: Pick<Completeness, 'reports' | 'rates'>,
): HospitalRow[] {
  const byPlace = new Map(reports.map((report) => [`${report.hospital} ${report.day}`, report]));
  const rows = hospitals.map((hospital) => {
    const cells = days.map((day) => byPlace.get(`${hospital} ${day}`));
    const present = cells.filter((cell) => cell !== undefined);
    return {
      hospital,
      days: cells,
      rate: rates.ofHospitals[hospital] ?? null,
      silentDays: cells.length - present.length,
    };
  });
  return rows.sort((a, b) => b.silentDays - a.silentDays || sortedBy(a.rate) - sortedBy(b.rate) || compare(a, b));
}

const sortedBy = (rate: Rate) => (typeof rate === 'number' ? rate : 2);
const compare = (a: HospitalRow, b: HospitalRow) => (a.hospital < b.hospital ? -1 : 1);

const DAY_MS = 24 * 3_600_000;

/** The last `count` whole days before `today`, oldest first. */
export const daysUntil = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse(today) - (count - at) * DAY_MS).toISOString().slice(0, 10),
  );
