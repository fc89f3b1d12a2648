import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { StudyState } from '../domain/completeness.js';
import { PACKS_WITHOUT_WITHDRAWALS, PackStore, type ShownPackRow } from './pack.store.js';
import { STUDY_COLUMNS, type StudyRow } from './study-row.js';
import { TreatedStudyStore } from './treated-study.store.js';

/** What is known of a study when it is first heard of. */
export interface NewStudy {
  readonly studyInstanceUid: string;
  readonly patient: LocalPatientKey;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly modality: string;
  readonly bodyPart: string;
  readonly arrivedAt: Date | string;
}

/** What the first pack adds, and each further one may. */
export interface StudyDescription {
  readonly studyId: string;
  readonly description: string;
  readonly referringPhysician: string;
  readonly institution: string;
  readonly patientName: string;
  readonly names: { readonly alphabetic?: string; readonly ideographic?: string; readonly phonetic?: string };
  readonly birthDate: string;
  readonly sex: string;
  readonly modalities: readonly string[];
  readonly bodyParts: readonly string[];
  readonly charsetGuessed: boolean;
}

export interface OpenedStudyRow extends StudyRow {
  readonly packs: readonly ShownPackRow[];
}

export interface StudyCounts {
  readonly series: number;
  readonly instances: number;
  readonly received: number | null;
  readonly receivedReason: string | null;
  readonly state: StudyState;
  readonly version: number;
  readonly contentsDigest: string | null;
}

/** The channel on which processes tell one another the UIDs of studies that have changed. */
export const CHANGED_STUDIES = 'changed_studies';

/** Rows of studies. Everything that changes a study does so under `lock`. */
export class StudyStore {
  constructor(private readonly sql: Sql) {}

  /** One transaction at a time works on a study, whether it is there yet or not. Who remembers it is told when it commits. */
  async lock(studyUid: string): Promise<void> {
    await this.sql.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0)), pg_notify('${CHANGED_STUDIES}', $1)`, [
      studyUid,
    ]);
  }

  /** As it is registered, whether it is shown or not. */
  find(studyUid: string): Promise<StudyRow | undefined> {
    return first<StudyRow>(this.sql, `SELECT ${STUDY_COLUMNS} FROM studies WHERE study_uid = $1`, [studyUid], 'study');
  }

  /**
   * As it is shown, with packs of the whole study or of one of its series, all as of one version. Looking through what is withdrawn
   * costs as much again, and is done where something is.
   */
  async findOpened(studyUid: string, seriesUid?: string): Promise<OpenedStudyRow | undefined> {
    const opened = await first<OpenedStudyRow>(
      this.sql,
      `SELECT ${STUDY_COLUMNS}, (SELECT COALESCE(json_agg(pack), '[]') FROM (${PACKS_WITHOUT_WITHDRAWALS}) AS pack) AS packs
       FROM shown_studies WHERE study_uid = $1`,
      [studyUid, seriesUid ?? null],
      'opened-study',
    );
    if (opened === undefined || opened.withdrawn_instances === 0) return opened;
    return { ...opened, packs: await new PackStore(this.sql).shown(studyUid, seriesUid) };
  }

  /** As it is shown; undefined also when it is withdrawn. */
  findShown(studyUid: string): Promise<StudyRow | undefined> {
    return first<StudyRow>(
      this.sql,
      `SELECT ${STUDY_COLUMNS} FROM shown_studies WHERE study_uid = $1`,
      [studyUid],
      'shown-study',
    );
  }

  /** Adds a study with its patient's person, if there is a link; one that is there stays as it is. It is not listed yet. */
  async addIfNew(study: NewStudy, at: Date): Promise<void> {
    const { hospital, issuer, id } = study.patient;
    // Locked, so that a link that comes at the same time finds the study or is found by it.
    await this.sql.query(
      'INSERT INTO patients (hospital, issuer, local_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [hospital, issuer, id],
    );
    const patient = await first<{ person_id: string | null }>(
      this.sql,
      'SELECT person_id FROM patients WHERE (hospital, issuer, local_id) = ($1, $2, $3) FOR SHARE',
      [hospital, issuer, id],
    );
    await this.sql.query(
      `INSERT INTO studies (study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time,
         accession_number, description, modalities, body_parts, state, arrived_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'arriving', $12, $13) ON CONFLICT (study_uid) DO NOTHING`,
      [
        study.studyInstanceUid,
        hospital,
        issuer,
        id,
        patient?.person_id ?? null,
        study.studyDate,
        study.studyTime,
        study.accessionNumber,
        study.description,
        study.modality === '' ? [] : [study.modality],
        study.bodyPart === '' ? [] : [study.bodyPart],
        study.arrivedAt,
        at,
      ],
    );
  }

  /** Fills in what is not known yet, and adds modalities and body parts. */
  async describe(studyUid: string, study: StudyDescription): Promise<void> {
    await this.sql.query(
      `UPDATE studies SET
         study_id = COALESCE(NULLIF(study_id, ''), $2),
         description = COALESCE(NULLIF(description, ''), $3),
         referring_physician = COALESCE(NULLIF(referring_physician, ''), $4),
         institution = COALESCE(NULLIF(institution, ''), $5),
         name_alphabetic = CASE WHEN patient_name = '' THEN lower($7) ELSE name_alphabetic END,
         name_ideographic = CASE WHEN patient_name = '' THEN lower($8) ELSE name_ideographic END,
         name_phonetic = CASE WHEN patient_name = '' THEN lower($9) ELSE name_phonetic END,
         patient_name = COALESCE(NULLIF(patient_name, ''), $6),
         patient_birth_date = COALESCE(NULLIF(patient_birth_date, ''), $10),
         patient_sex = COALESCE(NULLIF(patient_sex, ''), $11),
         modalities = ARRAY(SELECT DISTINCT unnest(modalities || $12::text[]) AS value ORDER BY value),
         body_parts = ARRAY(SELECT DISTINCT unnest(body_parts || $13::text[]) AS value ORDER BY value),
         charset_guessed = charset_guessed OR $14
       WHERE study_uid = $1`,
      [
        studyUid,
        study.studyId,
        study.description,
        study.referringPhysician,
        study.institution,
        study.patientName,
        study.names.alphabetic ?? '',
        study.names.ideographic ?? '',
        study.names.phonetic ?? '',
        study.birthDate,
        study.sex,
        study.modalities,
        study.bodyParts,
        study.charsetGuessed,
      ],
    );
    await new TreatedStudyStore(this.sql).describe(studyUid);
  }

  /** Replaces what the study's name and texts were by what is said now; what is not said stays. */
  async describeAnew(studyUid: string, study: StudyDescription): Promise<void> {
    await this.sql.query(
      `UPDATE studies SET description = '', referring_physician = '', institution = '', patient_name = '',
         patient_birth_date = '', patient_sex = '', charset_guessed = false WHERE study_uid = $1 AND $2 <> ''`,
      [studyUid, study.patientName],
    );
    await this.describe(studyUid, study);
  }

  async count(studyUid: string, counts: StudyCounts, at: Date): Promise<void> {
    await this.sql.query(
      `UPDATE studies SET series_count = $2, instance_count = $3, received_count = $4, received_reason = $5, state = $6,
         version = $7, contents_digest = $8, updated_at = $9 WHERE study_uid = $1`,
      [
        studyUid,
        counts.series,
        counts.instances,
        counts.received,
        counts.receivedReason,
        counts.state,
        counts.version,
        counts.contentsDigest,
        at,
      ],
    );
  }

  /** The digest of what is registered of a study that had none. */
  async putDigest(studyUid: string, digest: string): Promise<void> {
    await this.sql.query('UPDATE studies SET contents_digest = $2 WHERE study_uid = $1', [studyUid, digest]);
  }
}
