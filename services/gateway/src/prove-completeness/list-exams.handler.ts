import { ExamPriority, ExamState, GapCode, LocalDay } from '@yinglian/contracts';
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Standing = z.enum(['met', 'late', 'due', 'overdue']);

/** Which exams, newest first; `cursor` is the `nextCursor` of the page before. */
export const ExamQuery = z.strictObject({
  state: ExamState.exactOptional(),
  standing: Standing.exactOptional(),
  gap: GapCode.exactOptional(),
  withGap: z.literal('true').describe('Only those with a gap, whichever').exactOptional(),
  day: LocalDay.exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().nonnegative().exactOptional(),
});
export type ExamQuery = z.output<typeof ExamQuery>;

const Text = z.string().nullable();
const Exam = z.object({
  examId: z.number(),
  accessionNumber: Text,
  placerOrderNumber: Text,
  fillerOrderNumber: Text,
  itemName: z.string(),
  modality: Text,
  priority: ExamPriority,
  day: z.string(),
  state: ExamState,
  orderedAt: Text,
  performedAt: Text,
  deadlineAt: Text,
  registeredAt: Text,
  standing: Standing.nullable(),
  gap: GapCode.nullable(),
});
const Study = z.object({
  studyInstanceUid: z.string(),
  joinRule: Text,
  received: z.number(),
  expected: z.number().nullable(),
  missing: z.number(),
  differing: z.number(),
  registered: z.number().nullable(),
  reason: Text,
  confidence: Text,
});
export interface ListedExam extends z.output<typeof Exam> {
  readonly studies: readonly z.output<typeof Study>[];
}

export interface ExamPage {
  readonly exams: readonly ListedExam[];
  readonly nextCursor: number | null;
}

const COLUMNS = `p.exam_id AS examId, e.accession_number AS accessionNumber, e.placer_order_number AS placerOrderNumber,
  e.filler_order_number AS fillerOrderNumber, e.item_name AS itemName, e.modality, e.priority, p.day, p.state,
  e.ordered_at AS orderedAt, p.performed_at AS performedAt, p.deadline_at AS deadlineAt, p.registered_at AS registeredAt,
  p.standing, p.gap`;
const STUDIES = `SELECT study_uid AS studyInstanceUid, join_rule AS joinRule, received, expected, missing, differing, registered, reason,
  confidence FROM studies WHERE exam_id = ? ORDER BY study_uid`;
const FILTERS = ['gap', 'standing', 'state', 'day'] as const;

/** The hospital's own list of its exams. Of patients it says nothing: the numbers lead to them in the hospital's systems. */
export class ListExamsHandler {
  constructor(private readonly ledger: Ledger) {}

  execute(query: ExamQuery): ExamPage {
    const { sql, values } = statementOf(query);
    const found = this.ledger.query(Exam, sql, ...values);
    const page = found.slice(0, query.limit);
    const exams = page.map((exam) => ({ ...exam, studies: this.ledger.query(Study, STUDIES, exam.examId) }));
    return { exams, nextCursor: found.length > query.limit ? (page.at(-1)?.examId ?? null) : null };
  }

  /** How SQLite goes about it. */
  plan(query: ExamQuery): string[] {
    const { sql, values } = statementOf(query);
    const step = z.object({ detail: z.string() });
    return this.ledger.query(step, `EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail);
  }
}

function statementOf({ limit, cursor, withGap, ...filters }: ExamQuery): { sql: string; values: (string | number)[] } {
  const set = FILTERS.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name]] as const]));
  const conditions = set.map(([name]) => `p.${name} = ?`);
  if (withGap !== undefined) conditions.push('p.gap IS NOT NULL');
  if (cursor !== undefined) conditions.push('p.exam_id < ?');
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sql = `SELECT ${COLUMNS} FROM exam_progress p CROSS JOIN exams e USING (exam_id) ${where}
    ORDER BY p.exam_id DESC LIMIT ?`;
  return { sql, values: [...set.map(([, value]) => value), ...(cursor === undefined ? [] : [cursor]), limit + 1] };
}
