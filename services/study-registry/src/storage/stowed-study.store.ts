import { first, type Sql } from '@yinglian/persistence';

/** Studies that programs store something of, and when they last did. */
export class StowedStudyStore {
  constructor(private readonly sql: Sql) {}

  /** Something of it was stored. */
  async moved(studyUid: string, hospital: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO stowed_studies (study_uid, hospital, stored_at) VALUES ($1, $2, now())
       ON CONFLICT (study_uid) DO UPDATE SET stored_at = excluded.stored_at`,
      [studyUid, hospital],
    );
  }

  /** Those that have been quiet for so long, the longest first. */
  async quiet(quietMs: number, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ studyUid: string }>(
      `SELECT study_uid AS "studyUid" FROM stowed_studies WHERE stored_at <= now() - $1 * interval '1 millisecond'
       ORDER BY stored_at LIMIT $2`,
      [quietMs, limit],
    );
    return rows.map(({ studyUid }) => studyUid);
  }

  /** Forgets one and returns whose it is, unless something of it was stored meanwhile. */
  take(studyUid: string, quietMs: number): Promise<{ readonly hospital: string } | undefined> {
    return first(
      this.sql,
      `DELETE FROM stowed_studies WHERE study_uid = $1 AND stored_at <= now() - $2 * interval '1 millisecond'
       RETURNING hospital`,
      [studyUid, quietMs],
    );
  }
}
