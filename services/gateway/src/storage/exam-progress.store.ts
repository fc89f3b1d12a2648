import { ExamPriority } from '@yinglian/contracts';
import { z } from 'zod';
import type { ExamFacts, ExamProgress, StudyProgress } from '../domain/exam-progress.js';
import type { Ledger } from '../ledger/ledger.js';

const Instant = z.string().transform((text) => new Date(text));
const FactsRow = z.object({
  priority: ExamPriority,
  ordered_at: Instant.nullable(),
  performed_at: Instant.nullable(),
  step_at: Instant.nullable(),
  cancelled_at: Instant.nullable(),
  changed_at: Instant,
});
/** A step that was given up without an image performed nothing. */
const FACTS = `SELECT priority, ordered_at, performed_at, cancelled_at, changed_at,
    (SELECT min(coalesce(s.ended_at, s.started_at)) FROM performed_step_orders o JOIN performed_steps s USING (step_uid)
      WHERE o.exam_id = exams.exam_id AND (s.status = 'COMPLETED' OR s.status = 'DISCONTINUED'
        AND EXISTS (SELECT 1 FROM performed_instances i WHERE i.step_uid = s.step_uid))) AS step_at
  FROM exams WHERE exam_id = ?`;
export const StudyRow = z.object({
  first_at: Instant,
  complete_at: Instant.nullable(),
  received: z.number(),
  missing: z.number(),
  waiting: z.number(),
  handed_over_at: Instant.nullable(),
  refused: z.number(),
  quarantined: z.number(),
  differing: z.number(),
  registered: z.number().nullable(),
  registered_at: Instant.nullable(),
});
export const STUDY_COLUMNS = `first_at, complete_at, received, missing, waiting, handed_over_at, refused, quarantined, differing, registered,
  registered_at`;
const ExamId = z.object({ exam_id: z.number() });

const PUT = `INSERT INTO exam_progress
    (exam_id, day, state, performed_at, deadline_at, registered_at, standing, gap, look_again_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (exam_id) DO UPDATE SET day = excluded.day, state = excluded.state, performed_at = excluded.performed_at,
    deadline_at = excluded.deadline_at, registered_at = excluded.registered_at, standing = excluded.standing,
    gap = excluded.gap, look_again_at = excluded.look_again_at`;
/** An order that came after its images, or with other numbers than before, may be what they wait for. */
const LOOK_FOR_STUDIES = `INSERT OR IGNORE INTO studies_to_join SELECT s.study_uid FROM exams e JOIN studies s
  ON s.study_uid = e.study_instance_uid
    OR s.accession_number = e.accession_number AND s.accession_number <> '' OR s.patient_id = e.patient_id
  WHERE e.exam_id = ? AND s.exam_id IS NULL`;
const LOOK_FOR_STEPS = `INSERT OR IGNORE INTO steps_to_join SELECT s.step_uid FROM exams e JOIN performed_steps s
  ON s.patient_id = e.patient_id JOIN performed_step_orders o USING (step_uid) WHERE e.exam_id = ? AND o.exam_id IS NULL
  UNION SELECT o.step_uid FROM exams e JOIN performed_step_orders o ON o.accession_number = e.accession_number
  WHERE e.exam_id = ? AND o.exam_id IS NULL AND o.accession_number <> ''`;

export interface KnownExam extends ExamFacts {
  readonly changedAt: Date;
}

/** How far exams have come. To be called inside a transaction. */
export class ExamProgressStore {
  constructor(private readonly ledger: Ledger) {}

  /** Exams of which something has changed. */
  takeChanged(limit: number): number[] {
    const sql =
      'DELETE FROM exams_to_judge WHERE exam_id IN (SELECT exam_id FROM exams_to_judge LIMIT ?) RETURNING exam_id';
    return this.ledger.query(ExamId, sql, limit).map(({ exam_id: id }) => id);
  }

  /** Exams that time alone has changed. */
  due(now: string, limit: number): number[] {
    return this.ledger
      .query(ExamId, 'SELECT exam_id FROM exam_progress WHERE look_again_at <= ? LIMIT ?', now, limit)
      .map(({ exam_id: id }) => id);
  }

  changed(examId: number): void {
    this.ledger.prepare('INSERT OR IGNORE INTO exams_to_judge VALUES (?)').run(examId);
  }

  /** Images and performed steps that have no exam yet are looked at again. */
  lookForImages(examId: number): void {
    this.ledger.prepare(LOOK_FOR_STUDIES).run(examId);
    this.ledger.prepare(LOOK_FOR_STEPS).run(examId, examId);
  }

  exam(examId: number): KnownExam | undefined {
    const [row] = this.ledger.query(FactsRow, FACTS, examId);
    return (
      row && {
        priority: row.priority,
        orderedAt: row.ordered_at,
        performedAt: row.performed_at ?? row.step_at,
        cancelledAt: row.cancelled_at,
        changedAt: row.changed_at,
      }
    );
  }

  studies(examId: number): StudyProgress[] {
    return this.ledger
      .query(StudyRow, `SELECT ${STUDY_COLUMNS} FROM studies WHERE exam_id = ? ORDER BY study_uid`, examId)
      .map(studyProgressOf);
  }

  studyUids(examId: number): string[] {
    return this.ledger
      .query(z.object({ study_uid: z.string() }), 'SELECT study_uid FROM studies WHERE exam_id = ?', examId)
      .map(({ study_uid: uid }) => uid);
  }

  put(examId: number, day: string, progress: ExamProgress, lookAgainAt: Date | null): void {
    const { state, performedAt, deadlineAt, registeredAt, standing, gap } = progress;
    const instants = [performedAt, deadlineAt, registeredAt].map(textOf);
    this.ledger.prepare(PUT).run(examId, day, state, ...instants, standing, gap, textOf(lookAgainAt));
  }
}

const textOf = (instant: Date | null) => instant?.toISOString() ?? null;

export const studyProgressOf = (row: z.output<typeof StudyRow>): StudyProgress => ({
  firstAt: row.first_at,
  completeAt: row.complete_at,
  received: row.received,
  missing: row.missing,
  waiting: row.waiting,
  handedOverAt: row.handed_over_at,
  refused: row.refused,
  quarantined: row.quarantined,
  differing: row.differing,
  registered: row.registered,
  registeredAt: row.registered_at,
});
