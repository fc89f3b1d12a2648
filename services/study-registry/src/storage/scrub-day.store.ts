import type { Sql } from '@yinglian/persistence';
import type { Place } from '../domain/kept-object.js';

export interface ScrubCounts {
  readonly packs: number;
  readonly bytes: number;
  readonly damaged: number;
  readonly healed: number;
}

export interface ScrubDay extends ScrubCounts {
  /** Of UTC, as YYYY-MM-DD. */
  readonly day: string;
  readonly place: Place;
}

/** What was read, found damaged and healed day by day: a row a day and place, kept for ever. */
export class ScrubDayStore {
  constructor(private readonly sql: Sql) {}

  async add(place: Place, { packs = 0, bytes = 0, damaged = 0, healed = 0 }: Partial<ScrubCounts>): Promise<void> {
    await this.sql.query(
      `INSERT INTO scrub_days (day, place, packs, bytes, damaged, healed)
       VALUES ((now() AT TIME ZONE 'UTC')::date, $1, $2, $3, $4, $5)
       ON CONFLICT (day, place) DO UPDATE SET packs = scrub_days.packs + excluded.packs, bytes = scrub_days.bytes + excluded.bytes,
         damaged = scrub_days.damaged + excluded.damaged, healed = scrub_days.healed + excluded.healed`,
      [place, packs, bytes, damaged, healed],
      'scrub-day',
    );
  }

  /** The newest first. */
  last(days: number): Promise<ScrubDay[]> {
    return this.sql.query<ScrubDay>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, place, packs::float8 AS packs, bytes::float8 AS bytes,
         damaged::float8 AS damaged, healed::float8 AS healed
       FROM scrub_days WHERE day > (now() AT TIME ZONE 'UTC')::date - $1::int ORDER BY scrub_days.day DESC, place`,
      [days],
    );
  }

  /** Of all time. */
  async healed(): Promise<number> {
    const [row] = await this.sql.query<{ healed: number }>(
      'SELECT COALESCE(sum(healed), 0)::float8 AS healed FROM scrub_days',
    );
    return row?.healed ?? 0;
  }
}
