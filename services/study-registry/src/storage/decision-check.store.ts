import { first, type Sql } from '@yinglian/persistence';

export interface DecisionCheck {
  readonly studyUid: string;
  /** As PostgreSQL writes it: a decision that comes meanwhile makes it another one. */
  readonly dueAt: string;
}

/** When what was decided about a study is compared next with its objects. A row comes with the first decision (StudyDecisionStore.add). */
export class DecisionCheckStore {
  constructor(private readonly sql: Sql) {}

  next(now: Date): Promise<DecisionCheck | undefined> {
    return first<DecisionCheck>(
      this.sql,
      `SELECT study_uid AS "studyUid", due_at::text AS "dueAt" FROM decision_checks WHERE due_at <= $1 ORDER BY due_at LIMIT 1`,
      [now],
      'decision-check-next',
    );
  }

  async again({ studyUid, dueAt }: DecisionCheck, at: Date): Promise<void> {
    await this.sql.query(
      'UPDATE decision_checks SET due_at = $3 WHERE study_uid = $1 AND due_at = $2::timestamptz',
      [studyUid, dueAt, at],
      'decision-check-again',
    );
  }

  /** There is another store than before. */
  async all(): Promise<void> {
    await this.sql.query('UPDATE decision_checks SET due_at = now()');
  }
}
