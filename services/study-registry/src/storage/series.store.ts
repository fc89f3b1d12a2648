import type { DicomJson } from '@yinglian/dicom';
import { first, plannedOnce, type Sql } from '@yinglian/persistence';
import { SERIES_COLUMNS, type SeriesRow } from './study-row.js';

/** Series: as they are registered to who adds to them, as they are shown to who asks. */
export class SeriesStore {
  constructor(private readonly sql: Sql) {}

  /** Adds a series, or instances to one that is there. Returns how many series the study has. */
  async add(series: SeriesRow): Promise<number> {
    await this.sql.query(
      `INSERT INTO series (${SERIES_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (study_uid, series_uid) DO UPDATE SET instance_count = series.instance_count + excluded.instance_count`,
      [
        series.study_uid,
        series.series_uid,
        series.modality,
        series.series_number,
        series.description,
        series.body_part,
        series.series_date,
        series.series_time,
        series.instance_count,
        series.told,
      ],
    );
    const counted = await first<{ series: number }>(
      this.sql,
      'SELECT count(*)::int AS series FROM series WHERE study_uid = $1',
      [series.study_uid],
    );
    return counted?.series ?? 0;
  }

  /** Replaces what a series' texts are by what is said now; what is not said stays. */
  async describeAnew(series: SeriesRow): Promise<void> {
    await this.sql.query(
      `UPDATE series SET description = COALESCE(NULLIF($3, ''), description), body_part = COALESCE(NULLIF($4, ''), body_part),
         series_number = COALESCE(NULLIF($5, ''), series_number) WHERE study_uid = $1 AND series_uid = $2`,
      [series.study_uid, series.series_uid, series.description, series.body_part, series.series_number],
    );
  }

  /** All series of a study, by their number, then by UID. */
  of(studyUid: string): Promise<SeriesRow[]> {
    return this.sql.query<SeriesRow>(
      `SELECT ${SERIES_COLUMNS} FROM shown_series WHERE study_uid = $1 ORDER BY length(series_number), series_number, series_uid`,
      [studyUid],
    );
  }

  /** All series of these studies, by study. */
  async ofStudies(studyUids: readonly string[]): Promise<ReadonlyMap<string, readonly SeriesRow[]>> {
    const rows = await this.sql.query<SeriesRow>(
      `SELECT ${SERIES_COLUMNS} FROM shown_series WHERE study_uid = ANY (${plannedOnce('$1', 'text[]')})
       ORDER BY length(series_number), series_number, series_uid`,
      [studyUids],
      'series-of-studies',
    );
    return Map.groupBy(rows, ({ study_uid: studyUid }) => studyUid);
  }

  /** Keeps what a search tells of a series that was registered before it was kept. */
  async tell({ study_uid: studyUid, series_uid: seriesUid }: SeriesRow, told: DicomJson): Promise<void> {
    await this.sql.query('UPDATE series SET told = $3 WHERE study_uid = $1 AND series_uid = $2 AND told IS NULL', [
      studyUid,
      seriesUid,
      told,
    ]);
  }

  find(studyUid: string, seriesUid: string): Promise<SeriesRow | undefined> {
    return first<SeriesRow>(
      this.sql,
      `SELECT ${SERIES_COLUMNS} FROM shown_series WHERE study_uid = $1 AND series_uid = $2`,
      [studyUid, seriesUid],
    );
  }
}
