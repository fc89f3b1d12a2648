import { first, type Sql } from '@yinglian/persistence';
import type { Place } from '../domain/kept-object.js';

export interface ScrubPlace {
  readonly place: Place;
  readonly address: string;
  readonly mark: string;
  /** Empty when all is well. */
  readonly trouble: string;
  readonly troubleSince: Date | null;
}

/** The stores that are scrubbed, as they were known last. */
export class ScrubPlaceStore {
  constructor(private readonly sql: Sql) {}

  all(): Promise<ScrubPlace[]> {
    return this.sql.query<ScrubPlace>(
      'SELECT place, address, mark, trouble, trouble_since AS "troubleSince" FROM scrub_places ORDER BY place',
    );
  }

  find(place: Place): Promise<ScrubPlace | undefined> {
    return first<ScrubPlace>(
      this.sql,
      'SELECT place, address, mark, trouble, trouble_since AS "troubleSince" FROM scrub_places WHERE place = $1',
      [place],
    );
  }

  async put(place: Place, address: string, mark: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO scrub_places (place, address, mark) VALUES ($1, $2, $3)
       ON CONFLICT (place) DO UPDATE SET address = excluded.address, mark = excluded.mark, trouble = '', trouble_since = NULL`,
      [place, address, mark],
    );
  }

  async remove(place: Place): Promise<void> {
    await this.sql.query('DELETE FROM scrub_places WHERE place = $1', [place]);
  }

  /** Empty when there is none any more. */
  async trouble(place: Place, trouble: string): Promise<void> {
    await this.sql.query(
      `UPDATE scrub_places SET trouble = $2, trouble_since = CASE WHEN $2 = '' THEN NULL ELSE COALESCE(trouble_since, now()) END
       WHERE place = $1 AND trouble <> $2`,
      [place, trouble],
    );
  }
}
