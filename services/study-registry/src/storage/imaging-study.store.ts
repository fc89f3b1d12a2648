import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import { SERIES_COLUMNS, type SeriesRow } from './study-row.js';

/** What ImagingStudies need of several studies at once. */
export class ImagingStudyStore {
  constructor(private readonly sql: Sql) {}

  /** When each of the studies was last changed. */
  async updated(studyUids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.sql.query<{ study_uid: string; updated_at: Date }>(
      'SELECT study_uid, updated_at FROM shown_studies WHERE study_uid = ANY ($1)',
      [studyUids],
    );
    return new Map(rows.map(({ study_uid: uid, updated_at: at }) => [uid, at]));
  }

  /** Series of the studies, each study's by their number, then by UID. */
  async series(studyUids: readonly string[]): Promise<ReadonlyMap<string, readonly SeriesRow[]>> {
    const rows = await this.sql.query<SeriesRow>(
      `SELECT ${SERIES_COLUMNS} FROM shown_series WHERE study_uid = ANY ($1)
       ORDER BY study_uid, length(series_number), series_number, series_uid`,
      [studyUids],
    );
    return Map.groupBy(rows, (row) => row.study_uid);
  }

  /** Studies that have the series: one, unless devices gave a UID twice. */
  async ofSeries(seriesUid: string): Promise<readonly string[]> {
    const rows = await this.sql.query<{ study_uid: string }>(
      'SELECT study_uid FROM shown_series WHERE series_uid = $1 LIMIT 100',
      [seriesUid],
    );
    return rows.map((row) => row.study_uid);
  }

  /** The person whom a hospital's patient is linked to; null when there is none, or no such patient. */
  async personOf({ hospital, issuer, id }: LocalPatientKey): Promise<string | null> {
    const row = await first<{ person_id: string | null }>(
      this.sql,
      'SELECT person_id FROM patients WHERE (hospital, issuer, local_id) = ($1, $2, $3)',
      [hospital, issuer, id],
    );
    return row?.person_id ?? null;
  }

  /** 32 random bytes, the same for all processes. */
  async pageKey(): Promise<Buffer> {
    const row = await first<{ key: Buffer }>(this.sql, 'SELECT key FROM page_key');
    if (row === undefined) throw new Error('The migration that makes the page key has not run');
    return row.key;
  }
}
