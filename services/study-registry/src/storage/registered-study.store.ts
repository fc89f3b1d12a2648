import type { Sql } from '@yinglian/persistence';

/** A study as it is registered, shown or not, by what names it to a steward. */
export interface RegisteredStudy {
  readonly studyInstanceUid: string;
  readonly hospital: string;
  readonly personId: string | null;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly instances: number;
  readonly shownInstances: number;
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
}

export interface RegisteredSeries {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly seriesNumber: string;
  readonly description: string;
  readonly instances: number;
  readonly isWithdrawn: boolean;
  /** Single ones; of a series that is withdrawn itself none is shown either. */
  readonly withdrawnInstances: number;
}

const COLUMN_OF = {
  studyInstanceUid: 'study_uid',
  accessionNumber: 'accession_number',
  patientId: 'patient_id',
} as const;

/** The number that is on the paper before who looks for a study. */
export type StudyNumber = keyof typeof COLUMN_OF;

export interface StudyClue {
  readonly by: StudyNumber;
  readonly value: string;
  /** Whose study it is; null for any hospital's. */
  readonly hospital: string | null;
  readonly limit: number;
}

const COLUMNS = `study_uid AS "studyInstanceUid", hospital, person_id AS "personId", patient_name AS "patientName",
  patient_id AS "patientId", study_date AS "studyDate", accession_number AS "accessionNumber", description, modalities,
  instance_count AS instances, is_withdrawn AS "isWithdrawn", is_held AS "isHeld",
  CASE WHEN is_withdrawn THEN 0 ELSE instance_count - withdrawn_instances END AS "shownInstances"`;

/** What stewards find and decide about. */
export class RegisteredStudyStore {
  constructor(private readonly sql: Sql) {}

  /** Studies of which something has arrived, by a whole number, newest first. */
  find({ by, value, hospital, limit }: StudyClue): Promise<RegisteredStudy[]> {
    const column = COLUMN_OF[by];
    return this.sql.query<RegisteredStudy>(
      `SELECT ${COLUMNS} FROM studies WHERE ${column} = $1 AND ${column} <> '' AND instance_count > 0
         AND ($2::text IS NULL OR hospital = $2) ORDER BY study_date DESC, study_time DESC, study_uid LIMIT $3`,
      [value, hospital, limit],
    );
  }

  /** By their number, then by UID. */
  seriesOf(studyUid: string): Promise<RegisteredSeries[]> {
    return this.sql.query<RegisteredSeries>(
      `SELECT series_uid AS "seriesInstanceUid", modality, series_number AS "seriesNumber", description, instance_count AS instances,
         is_withdrawn AS "isWithdrawn", withdrawn_instances AS "withdrawnInstances"
       FROM series WHERE study_uid = $1 ORDER BY length(series_number), series_number, series_uid`,
      [studyUid],
    );
  }
}
