import { first, type Sql } from '@yinglian/persistence';

export type ChangeKind = 'registered' | 'updated' | 'completed' | 'withdrawn' | 'restored';

export interface StudyChange {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly kind: ChangeKind;
  /** The study's; each study's changes count up by one. */
  readonly version: number;
  /** That are shown since then; none of a study that is withdrawn. */
  readonly instances: number;
  readonly changedAt: Date;
}

export interface ToldChange extends StudyChange {
  readonly sequence: number;
  readonly toldAt: Date;
}

/** The advisory lock of the one who numbers. */
const NUMBERING_LOCK = 7_201_954_031;

const COLUMNS = `sequence::float8 AS sequence, told_at AS "toldAt", study_uid AS "studyInstanceUid", hospital, kind, version, instances,
  changed_at AS "changedAt"`;

export class StudyChangeStore {
  constructor(private readonly sql: Sql) {}

  /** In the transaction that changes the study, under its lock: a study's changes are added in the order of their commits. */
  async add({ studyInstanceUid, hospital, kind, version, instances, changedAt }: StudyChange): Promise<void> {
    await this.sql.query(
      `INSERT INTO untold_changes (study_uid, hospital, kind, version, instances, changed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [studyInstanceUid, hospital, kind, version, instances, changedAt],
      'untold-change',
    );
  }

  async isAnyUntold(): Promise<boolean> {
    const waiting = await this.sql.query('SELECT 1 FROM untold_changes ORDER BY id LIMIT 1', [], 'any-untold');
    return waiting.length > 0;
  }

  /**
   * Gives numbers to what has committed, in a transaction of its own. One numbers at a time, and the next one begins when the numbers of
   * the one before can be seen: so they have no gaps, and no lower one appears when a higher one was read. A transaction that is still
   * running gets its numbers later. Of one study, what can be seen has all that went before it, and ids in that order.
   * @returns how many were numbered
   */
  async number(limit: number): Promise<number> {
    await this.sql.query('SELECT pg_advisory_xact_lock($1)', [NUMBERING_LOCK]);
    const row = await first<{ numbered: number }>(
      this.sql,
      `WITH last AS (SELECT sequence, told_at FROM study_changes ORDER BY sequence DESC LIMIT 1),
         taken AS (DELETE FROM untold_changes WHERE id IN (SELECT id FROM untold_changes ORDER BY id LIMIT $1) RETURNING *),
         numbered AS (
           INSERT INTO study_changes (sequence, told_at, study_uid, hospital, kind, version, instances, changed_at)
           SELECT COALESCE((SELECT sequence FROM last), 0) + row_number() OVER (ORDER BY id),
             GREATEST(statement_timestamp(), (SELECT told_at FROM last)), study_uid, hospital, kind, version, instances, changed_at
           FROM taken RETURNING 1
         )
       SELECT count(*)::int AS numbered FROM numbered`,
      [limit],
      'number-changes',
    );
    return row?.numbered ?? 0;
  }

  /** What was told after a number, of one hospital or of all, in the order of the numbers. */
  after(sequence: number, hospital: string | null, limit: number): Promise<ToldChange[]> {
    return hospital === null
      ? this.sql.query(
          `SELECT ${COLUMNS} FROM study_changes WHERE sequence > $1 ORDER BY study_changes.sequence LIMIT $2`,
          [sequence, limit],
          'changes-after',
        )
      : this.sql.query(
          `SELECT ${COLUMNS} FROM study_changes WHERE hospital = $3 AND sequence > $1
           ORDER BY hospital, study_changes.sequence LIMIT $2`,
          [sequence, limit, hospital],
          'changes-of-hospital-after',
        );
  }

  /** The number before the first that was told at that time or later; the last one when there is none. */
  async before(instant: Date): Promise<number> {
    const row = await first<{ sequence: number }>(
      this.sql,
      `SELECT COALESCE(
         (SELECT sequence - 1 FROM study_changes WHERE told_at >= $1 ORDER BY told_at, sequence LIMIT 1),
         (SELECT max(sequence) FROM study_changes), 0)::float8 AS sequence`,
      [instant],
      'change-before',
    );
    return row?.sequence ?? 0;
  }
}
