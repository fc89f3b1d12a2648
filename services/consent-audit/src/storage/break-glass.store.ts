import { first, type Sql } from '@yinglian/persistence';

export interface BrokenGlass {
  readonly breakGlassId: string;
  readonly personId: string;
  readonly subject: string;
  readonly displayName: string;
  readonly hospital: string;
  readonly department: string | null;
  readonly kind: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: 'opener' | 'time' | null;
  readonly reviewDueAt: Date;
  readonly reviewedAt: Date | null;
  /** When it was told that no verdict was given in time. */
  readonly escalatedAt: Date | null;
}

export const GLASS = `break_glass_id AS "breakGlassId", person_id AS "personId", subject, display_name AS "displayName", hospital,
  department, kind, reason, opened_at AS "openedAt", expires_at AS "expiresAt", closed_at AS "closedAt",
  closed_by AS "closedBy", review_due_at AS "reviewDueAt", reviewed_at AS "reviewedAt", escalated_at AS "escalatedAt"`;

/** Of those who break the glass with one account one at a time does so. */
export async function lockOpener(tx: Sql, subject: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('break glass ' || $1, 0))", [subject]);
}

/** What the account has broken that has not ended; of any of these persons when they are named. */
export function openGlass(sql: Sql, subject: string, now: Date, personIds?: readonly string[]): Promise<BrokenGlass[]> {
  return sql.query(
    `SELECT ${GLASS} FROM break_glasses WHERE subject = $1 AND closed_at IS NULL AND expires_at > $2
       AND ($3::text[] IS NULL OR person_id = ANY ($3)) ORDER BY expires_at`,
    [subject, now, personIds ?? null],
  );
}

export type NewGlass = Omit<BrokenGlass, 'closedAt' | 'closedBy' | 'reviewedAt' | 'escalatedAt'> & {
  readonly secondFactorAt: Date;
};

export async function insertGlass(tx: Sql, glass: NewGlass): Promise<void> {
  await tx.query(
    `INSERT INTO break_glasses (break_glass_id, person_id, subject, display_name, hospital, department, kind, reason,
       second_factor_at, opened_at, expires_at, review_due_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      glass.breakGlassId,
      glass.personId,
      glass.subject,
      glass.displayName,
      glass.hospital,
      glass.department,
      glass.kind,
      glass.reason,
      glass.secondFactorAt,
      glass.openedAt,
      glass.expiresAt,
      glass.reviewDueAt,
    ],
  );
}

export const findGlass = (sql: Sql, breakGlassId: string): Promise<BrokenGlass | undefined> =>
  first(sql, `SELECT ${GLASS} FROM break_glasses WHERE break_glass_id = $1`, [breakGlassId]);

/** The same, held until the transaction ends. */
export const glassToChange = (tx: Sql, breakGlassId: string): Promise<BrokenGlass | undefined> =>
  first(tx, `SELECT ${GLASS} FROM break_glasses WHERE break_glass_id = $1 FOR UPDATE`, [breakGlassId]);

/** Ends what its opener wants to end, if its time is not over: then it ends with its time. Undefined when it has ended. */
export const endByOpener = (tx: Sql, breakGlassId: string, now: Date): Promise<BrokenGlass | undefined> =>
  first(
    tx,
    `UPDATE break_glasses SET closed_at = $2, closed_by = 'opener'
     WHERE break_glass_id = $1 AND closed_at IS NULL AND expires_at > $2 RETURNING ${GLASS}`,
    [breakGlassId, now],
  );

/** Ends some of those whose time is over. Several processes may: each ends others. */
export const endByTime = (tx: Sql, now: Date): Promise<BrokenGlass[]> =>
  tx.query(
    `UPDATE break_glasses SET closed_at = expires_at, closed_by = 'time' WHERE break_glass_id IN (
       SELECT break_glass_id FROM break_glasses WHERE closed_at IS NULL AND expires_at <= $1
       ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)
     RETURNING ${GLASS}`,
    [now],
  );

/** Marks some of those that had no verdict in time. */
export const escalate = (tx: Sql, now: Date): Promise<BrokenGlass[]> =>
  tx.query(
    `UPDATE break_glasses SET escalated_at = $1 WHERE break_glass_id IN (
       SELECT break_glass_id FROM break_glasses
       WHERE reviewed_at IS NULL AND escalated_at IS NULL AND review_due_at <= $1
       ORDER BY review_due_at LIMIT 100 FOR UPDATE SKIP LOCKED)
     RETURNING ${GLASS}`,
    [now],
  );
