import type { Sql } from '@yinglian/persistence';
import type { PageCursor } from '../domain/page-cursor.js';
import { type BrokenGlass, GLASS } from './break-glass.store.js';

export interface GlassFilter {
  /** `waiting`: without a verdict, the oldest first. `reviewed`: the newest first. */
  readonly list: 'waiting' | 'reviewed';
  readonly hospital?: string | undefined;
  /** The last of the page before. */
  readonly after?: PageCursor | undefined;
  readonly limit: number;
}

export function breakGlassPage(sql: Sql, { list, hospital, after, limit }: GlassFilter): Promise<BrokenGlass[]> {
  const values: unknown[] = [limit];
  const value = (given: unknown) => `$${values.push(given)}`;
  const waits = list === 'waiting';
  const conditions = [waits ? 'reviewed_at IS NULL' : 'reviewed_at IS NOT NULL'];
  if (hospital !== undefined) conditions.push(`hospital = ${value(hospital)}`);
  if (after !== undefined) {
    const last = `(${value(after.at)}::timestamptz, ${value(after.id)}::uuid)`;
    conditions.push(`(opened_at, break_glass_id) ${waits ? '>' : '<'} ${last}`);
  }
  const way = waits ? 'ASC' : 'DESC';
  return sql.query(
    `SELECT ${GLASS} FROM break_glasses WHERE ${conditions.join(' AND ')}
     ORDER BY opened_at ${way}, break_glass_id ${way} LIMIT $1`,
    values,
  );
}

export interface Review {
  readonly reviewId: string;
  readonly verdict: string;
  readonly note: string;
  readonly reviewedBy: string;
  readonly displayName: string;
  readonly reviewedAt: Date;
}

/** The verdicts on one, in the order they were given. */
export const reviewsOf = (sql: Sql, breakGlassId: string): Promise<Review[]> =>
  sql.query(
    `SELECT review_id AS "reviewId", verdict, note, reviewed_by AS "reviewedBy", display_name AS "displayName",
       reviewed_at AS "reviewedAt"
     FROM break_glass_reviews WHERE break_glass_id = $1 ORDER BY reviewed_at, review_id`,
    [breakGlassId],
  );

export async function insertReview(tx: Sql, breakGlassId: string, review: Review): Promise<void> {
  await tx.query(
    `INSERT INTO break_glass_reviews (review_id, break_glass_id, verdict, note, reviewed_by, display_name, reviewed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      review.reviewId,
      breakGlassId,
      review.verdict,
      review.note,
      review.reviewedBy,
      review.displayName,
      review.reviewedAt,
    ],
  );
  await tx.query('UPDATE break_glasses SET reviewed_at = $2 WHERE break_glass_id = $1 AND reviewed_at IS NULL', [
    breakGlassId,
    review.reviewedAt,
  ]);
}
