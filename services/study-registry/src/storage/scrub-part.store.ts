import { first, type Sql } from '@yinglian/persistence';
import type { Place } from '../domain/kept-object.js';

export interface ScrubPart {
  readonly part: string;
  readonly readThrough: string;
  /** Whether it was ever read to its end. */
  readonly isKnown: boolean;
}

export interface VerifiedParts {
  /** Parts whose last whole reading began within the period, of 256. */
  readonly within: number;
  readonly everRead: number;
  /** When the reading began that is the longest ago; null when some part was never read. */
  readonly oldest: Date | null;
}

/** How far all that is kept is read again, part by part. */
export class ScrubPartStore {
  constructor(private readonly sql: Sql) {}

  /** The part that is under way, or else the one that was verified least recently, of those that were not since. */
  next(place: Place, verifiedBefore: Date): Promise<ScrubPart | undefined> {
    return first<ScrubPart>(
      this.sql,
      `UPDATE scrub_parts SET reading_since = COALESCE(reading_since, now()) WHERE (place, part) = (
         SELECT place, part FROM scrub_parts
         WHERE place = $1 AND (reading_since IS NOT NULL OR verified_at IS NULL OR verified_at < $2)
         ORDER BY reading_since NULLS LAST, verified_at NULLS FIRST, part LIMIT 1)
       RETURNING part, read_through AS "readThrough", verified_at IS NOT NULL AS "isKnown"`,
      [place, verifiedBefore],
      'scrub-next-part',
    );
  }

  async readThrough(place: Place, part: string, digest: string): Promise<void> {
    await this.sql.query(
      'UPDATE scrub_parts SET read_through = $3 WHERE place = $1 AND part = $2',
      [place, part, digest],
      'scrub-read-through',
    );
  }

  async end(place: Place, part: string): Promise<void> {
    await this.sql.query(
      `UPDATE scrub_parts SET verified_since = reading_since, verified_at = now(), reading_since = NULL, read_through = ''
       WHERE place = $1 AND part = $2`,
      [place, part],
      'scrub-end-part',
    );
  }

  /** All of it counts as never read. */
  async reset(place: Place): Promise<void> {
    await this.sql.query(
      `UPDATE scrub_parts SET verified_since = NULL, verified_at = NULL, reading_since = NULL, read_through = '' WHERE place = $1`,
      [place],
    );
  }

  async verified(place: Place, since: Date): Promise<VerifiedParts> {
    const row = await first<VerifiedParts>(
      this.sql,
      `SELECT count(*) FILTER (WHERE verified_since >= $2)::int AS within, count(verified_at)::int AS "everRead",
         CASE WHEN count(verified_at) = count(*) THEN min(verified_since) END AS oldest
       FROM scrub_parts WHERE place = $1`,
      [place, since],
    );
    if (row === undefined) throw new Error('A count has one row');
    return row;
  }

  /** When a pack was read last at the earliest; null when it never was in a reading of all. */
  async verifiedSince(place: Place, digest: string): Promise<Date | null> {
    const row = await first<{ since: Date | null }>(
      this.sql,
      `SELECT CASE WHEN reading_since IS NOT NULL AND read_through >= $2 THEN reading_since ELSE verified_since END AS since
       FROM scrub_parts WHERE place = $1 AND part = left($2, 2)`,
      [place, digest],
    );
    return row?.since ?? null;
  }
}
