import { first, type Sql } from '@yinglian/persistence';

export const OUTCOMES = ['fetched', 'not-found', 'pacs-away', 'failed'] as const;
export type StudyRequestOutcome = (typeof OUTCOMES)[number];

/** What is asked for: a study, or whatever has that accession number in the hospital. */
export interface WantedStudy {
  readonly hospital: string;
  readonly studyInstanceUid: string | null;
  readonly accessionNumber: string | null;
}

export interface StudyRequest extends WantedStudy {
  readonly requestId: string;
  readonly state: 'open' | 'expired' | StudyRequestOutcome;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly answeredAt: Date | null;
}

/** A gateway that does not answer in a day serves it no more. */
const COLUMNS = `request_id AS "requestId", hospital, study_uid AS "studyInstanceUid", accession_number AS "accessionNumber",
  CASE WHEN state = 'open' AND requested_at < now() - interval '1 day' THEN 'expired' ELSE state END AS state, reason,
  requested_by AS "requestedBy", requested_at AS "requestedAt", answered_at AS "answeredAt"`;
const IS_OPEN = "state = 'open' AND requested_at >= now() - interval '1 day'";

export class StudyRequestStore {
  constructor(private readonly sql: Sql) {}

  /** Adds a request; undefined when the same one is open. */
  async add(requestId: string, wanted: WantedStudy, requestedBy: string): Promise<StudyRequest | undefined> {
    const { hospital, studyInstanceUid, accessionNumber } = wanted;
    await this.sql.query(
      `UPDATE study_requests SET state = 'failed', reason = 'Not served within a day'
       WHERE hospital = $1 AND state = 'open' AND requested_at < now() - interval '1 day'`,
      [hospital],
    );
    return first(
      this.sql,
      `INSERT INTO study_requests (request_id, hospital, study_uid, accession_number, state, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, 'open', $5, now()) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [requestId, hospital, studyInstanceUid, accessionNumber, requestedBy],
    );
  }

  openOne({ hospital, studyInstanceUid, accessionNumber }: WantedStudy): Promise<StudyRequest | undefined> {
    return first(
      this.sql,
      `SELECT ${COLUMNS} FROM study_requests WHERE state = 'open' AND hospital = $1
       AND COALESCE(study_uid, '') = COALESCE($2, '') AND COALESCE(accession_number, '') = COALESCE($3, '')`,
      [hospital, studyInstanceUid, accessionNumber],
    );
  }

  /** The oldest that are to be served. */
  toServe(hospital: string, limit: number): Promise<StudyRequest[]> {
    return this.sql.query(
      `SELECT ${COLUMNS} FROM study_requests WHERE hospital = $1 AND ${IS_OPEN} ORDER BY requested_at LIMIT $2`,
      [hospital, limit],
      'study-requests-to-serve',
    );
  }

  /** The last time that somebody asked for a study of a hospital. */
  async lastOf(requestedBy: string, hospital: string, studyUid: string): Promise<StudyRequest | undefined> {
    return first(
      this.sql,
      `SELECT ${COLUMNS} FROM study_requests WHERE requested_by = $1 AND hospital = $2 AND study_uid = $3
       ORDER BY requested_at DESC LIMIT 1`,
      [requestedBy, hospital, studyUid],
    );
  }

  find(requestId: string): Promise<StudyRequest | undefined> {
    return first(this.sql, `SELECT ${COLUMNS} FROM study_requests WHERE request_id = $1`, [requestId]);
  }

  /** The newest of one who asks, of one hospital or of all. */
  of(requestedBy: string, hospital: string | null, limit: number): Promise<StudyRequest[]> {
    return this.sql.query(
      `SELECT ${COLUMNS} FROM study_requests WHERE requested_by = $1 AND ($2::text IS NULL OR hospital = $2)
       ORDER BY requested_at DESC LIMIT $3`,
      [requestedBy, hospital, limit],
    );
  }

  /** The newest that a hospital's gateway was asked for, by whomever. */
  ofHospital(hospital: string, limit: number): Promise<StudyRequest[]> {
    return this.sql.query(
      `SELECT ${COLUMNS} FROM study_requests WHERE hospital = $1 ORDER BY requested_at DESC LIMIT $2`,
      [hospital, limit],
    );
  }

  /** Closes an open one; one that was answered stays as it is. */
  async answer(requestId: string, outcome: StudyRequestOutcome, reason: string): Promise<void> {
    await this.sql.query(
      `UPDATE study_requests SET state = $2, reason = $3, answered_at = now() WHERE request_id = $1 AND state = 'open'`,
      [requestId, outcome, reason],
    );
  }
}
