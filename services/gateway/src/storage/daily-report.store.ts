import { ExamState, GapCode, GatewayReportedV1, MOST_NAMED_STUDIES } from '@yinglian/contracts';
import { z } from 'zod';
import { type StudyProgress, studyGap } from '../domain/exam-progress.js';
import type { Ledger } from '../ledger/ledger.js';
import { STUDY_COLUMNS, StudyRow, studyProgressOf } from './exam-progress.store.js';

export type DailyReport = z.output<typeof GatewayReportedV1.data>;
type Figures = Omit<DailyReport, 'hospital' | 'reportedAt' | 'isVerified'>;

const StateRow = z.object({ state: ExamState, count: z.number() });
const StandingRow = z.object({ standing: z.enum(['met', 'late', 'due', 'overdue']), count: z.number() });
const GapRow = z.object({ gap: GapCode, exam_id: z.number(), study_uid: z.string().nullable() });
const LooseRow = StudyRow.extend({ study_uid: z.string(), join_kind: z.string() });
const CountRow = z.object({ count: z.number() });
const ReportRow = z.object({ report: z.string() });

const GAPS = `SELECT p.gap, p.exam_id, s.study_uid FROM exam_progress p LEFT JOIN studies s USING (exam_id)
  WHERE p.day = ? AND p.gap IS NOT NULL ORDER BY p.exam_id, s.study_uid`;
const LOOSE = `SELECT study_uid, join_kind, ${STUDY_COLUMNS} FROM studies WHERE day = ? AND exam_id IS NULL ORDER BY study_uid`;

interface Gap {
  readonly exams: Set<string>;
  readonly studies: Set<string>;
}

/** What each day came to, and what was reported of it. */
export class DailyReportStore {
  constructor(private readonly ledger: Ledger) {}

  figures(day: string): Figures {
    const exams = { ordered: 0, performed: 0, received: 0, uploaded: 0, registered: 0, cancelled: 0 };
    const deadlines = { met: 0, late: 0, due: 0, overdue: 0 };
    const by = (column: string) =>
      `SELECT ${column}, count(*) AS count FROM exam_progress WHERE day = ? AND ${column} IS NOT NULL GROUP BY ${column}`;
    for (const { state, count } of this.ledger.query(StateRow, by('state'), day)) exams[state] = count;
    for (const { standing, count } of this.ledger.query(StandingRow, by('standing'), day)) deadlines[standing] = count;
    return { day, exams, deadlines, studies: this.count('studies WHERE day = ?', day), gaps: this.gaps(day) };
  }

  /** Whether anything is known of the day. */
  hasAny(day: string): boolean {
    return this.count('exam_progress WHERE day = ?', day) + this.count('studies WHERE day = ?', day) > 0;
  }

  get hasReported(): boolean {
    return this.count('(SELECT 1 FROM daily_reports LIMIT 1)') > 0;
  }

  find(day: string): DailyReport | undefined {
    const [row] = this.ledger.query(ReportRow, 'SELECT report FROM daily_reports WHERE day = ?', day);
    return row && GatewayReportedV1.data.parse(JSON.parse(row.report));
  }

  /** To be called inside a transaction. */
  put(report: DailyReport): void {
    this.ledger
      .prepare(
        `INSERT INTO daily_reports VALUES (?, ?, ?)
         ON CONFLICT (day) DO UPDATE SET reported_at = excluded.reported_at, report = excluded.report`,
      )
      .run(report.day, report.reportedAt, JSON.stringify(report));
  }

  private gaps(day: string): DailyReport['gaps'] {
    const gaps = new Map<GapCode, Gap>();
    const note = (code: GapCode, exam: string, study: string | null) => {
      const gap = gaps.get(code) ?? { exams: new Set(), studies: new Set() };
      gaps.set(code, gap);
      gap.exams.add(exam);
      if (study !== null) gap.studies.add(study);
    };
    for (const { gap, exam_id: exam, study_uid: study } of this.ledger.query(GapRow, GAPS, day)) {
      note(gap, `exam ${exam}`, study);
    }
    const areOrdersKnown = this.count('(SELECT 1 FROM exams LIMIT 1)') > 0;
    for (const { study_uid: study, join_kind: kind, ...row } of this.ledger.query(LooseRow, LOOSE, day)) {
      for (const code of looseGaps(kind, studyProgressOf(row), areOrdersKnown)) note(code, study, study);
    }
    return GapCode.options.flatMap((code) => {
      const { exams, studies } = gaps.get(code) ?? {};
      if (exams === undefined || studies === undefined) return [];
      return [{ code, count: exams.size, studies: [...studies].slice(0, MOST_NAMED_STUDIES) }];
    });
  }

  private count(from: string, ...parameters: string[]): number {
    const [row] = this.ledger.query(CountRow, `SELECT count(*) AS count FROM ${from}`, ...parameters);
    return row?.count ?? 0;
  }
}

/** Of a study that no exam answers for. Where no order was ever heard of, that is no fault of the study. */
function looseGaps(joinKind: string, study: StudyProgress, areOrdersKnown: boolean): GapCode[] {
  const own = studyGap(study);
  const unmatched: GapCode = joinKind === 'ambiguous' ? 'STUDY_AMBIGUOUS' : 'STUDY_WITHOUT_ORDER';
  return [...(own === null ? [] : [own]), ...(areOrdersKnown ? [unmatched] : [])];
}
