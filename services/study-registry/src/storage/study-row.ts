import type { DicomJson } from '@yinglian/dicom';
import type { StudyState } from '../domain/completeness.js';

/** A study as the registry shows it. Texts are as received, decoded; absent ones are empty. */
export interface StudyRow {
  readonly study_uid: string;
  readonly hospital: string;
  readonly patient_issuer: string;
  readonly patient_id: string;
  readonly person_id: string | null;
  readonly study_date: string;
  readonly study_time: string;
  readonly accession_number: string;
  readonly study_id: string;
  readonly description: string;
  readonly referring_physician: string;
  readonly institution: string;
  readonly patient_name: string;
  readonly patient_birth_date: string;
  readonly patient_sex: string;
  /** Some of these texts were read in another character set than declared. */
  readonly charset_guessed: boolean;
  readonly modalities: readonly string[];
  readonly body_parts: readonly string[];
  readonly series_count: number;
  readonly instance_count: number;
  readonly received_count: number | null;
  readonly received_reason: string | null;
  readonly state: StudyState;
  readonly version: number;
  /** Of the instances that are registered (`changedSetDigest`); null when it is not computed yet. */
  readonly contents_digest: string | null;
  readonly arrived_at: Date;
  /** When what is registered of it changed last, or what its gateway said of it. */
  readonly updated_at: Date;
  /** Timezone Offset From UTC (0008,0201). */
  readonly timezone_offset: string;
  /** Nothing of it is shown; readers never see such a row. */
  readonly is_withdrawn: boolean;
  /** It may not be disposed of. */
  readonly is_held: boolean;
  /** Of what is registered of a study that is shown: not shown. Where readers see the row, `instance_count` is without these. */
  readonly withdrawn_instances: number;
}

export const STUDY_COLUMNS = `study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time,
  accession_number, study_id, description, referring_physician, institution, patient_name, patient_birth_date, patient_sex, charset_guessed,
  modalities, body_parts, series_count, instance_count, received_count, received_reason, state, version, contents_digest,
  arrived_at, updated_at, timezone_offset, is_withdrawn, is_held, withdrawn_instances`;

/** What searches tell of a study: every further column of a long list is time. */
const LISTED = [
  'study_uid',
  'hospital',
  'patient_issuer',
  'patient_id',
  'person_id',
  'study_date',
  'study_time',
  'accession_number',
  'study_id',
  'description',
  'referring_physician',
  'institution',
  'patient_name',
  'patient_birth_date',
  'patient_sex',
  'modalities',
  'series_count',
  'instance_count',
  'timezone_offset',
] as const satisfies (keyof StudyRow)[];

export type StudyResultRow = Pick<StudyRow, (typeof LISTED)[number]>;

export const LISTED_COLUMNS = LISTED.join(', ');

export interface SeriesRow {
  readonly study_uid: string;
  readonly series_uid: string;
  readonly modality: string;
  readonly series_number: string;
  readonly description: string;
  readonly body_part: string;
  readonly series_date: string;
  readonly series_time: string;
  readonly instance_count: number;
  /** What a search tells of it besides (`toldOf`); null when that has not been read yet. */
  readonly told: DicomJson | null;
}

export const SERIES_COLUMNS = `study_uid, series_uid, modality, series_number, description, body_part, series_date,
  series_time, instance_count, told`;
