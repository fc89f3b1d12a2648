import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const StudyRow = z.object({
  join_kind: z.string(),
  candidates: z.string(),
  exam_id: z.number().nullable(),
  decided: z.number(),
});
const ExamIds = z.array(z.number());

const DECIDE = `INSERT INTO join_decisions (study_uid, exam_id, decided_at, decided_by) VALUES (?, ?, ?, ?)
  ON CONFLICT (study_uid) DO UPDATE SET exam_id = excluded.exam_id, decided_at = excluded.decided_at, decided_by = excluded.decided_by`;

export interface DecidableStudy {
  readonly candidates: readonly number[];
}

/** Which exams people choose for studies. To be called inside a transaction. */
export class JoinDecisionStore {
  constructor(private readonly ledger: Ledger) {}

  /** Undefined when there is no such study, or nothing to choose. */
  decidable(studyUid: string): DecidableStudy | undefined {
    const [row] = this.ledger.query(
      StudyRow,
      `SELECT join_kind, candidates, s.exam_id, d.study_uid IS NOT NULL AS decided
       FROM studies s LEFT JOIN join_decisions d USING (study_uid) WHERE s.study_uid = ?`,
      studyUid,
    );
    const isOpen = row !== undefined && ['ambiguous', 'suggested'].includes(row.join_kind);
    if (row === undefined || (!isOpen && row.decided === 0)) return undefined;
    const candidates = ExamIds.parse(JSON.parse(row.candidates));
    return { candidates: row.exam_id === null ? candidates : [...candidates, row.exam_id] };
  }

  decide(studyUid: string, examId: number | null, by: string, at: string): void {
    this.ledger.prepare(DECIDE).run(studyUid, examId, at, by);
    this.ledger.prepare('INSERT OR IGNORE INTO studies_to_join VALUES (?)').run(studyUid);
    this.ledger
      .prepare('INSERT OR IGNORE INTO steps_to_join SELECT step_uid FROM performed_step_orders WHERE study_uid = ?')
      .run(studyUid);
  }
}
