import { first, type Sql } from '@yinglian/persistence';
import type { Relevance } from '../domain/choose-priors.js';
import { STUDY_COLUMNS, type StudyRow } from './study-row.js';

export const PRIOR_OUTCOMES = ['delivered', 'declined', 'failed'] as const;
export type PriorOutcome = (typeof PRIOR_OUTCOMES)[number];

export interface PriorOffer {
  readonly offerId: string;
  /** The one that the patient visits. */
  readonly hospital: string;
  readonly studyInstanceUid: string;
  readonly patientIssuer: string;
  readonly patientId: string;
  readonly state: 'open' | 'refused' | PriorOutcome;
}

export interface OfferedStudy extends PriorOffer {
  readonly ownerHospital: string;
  readonly studyDate: string;
  readonly modalities: readonly string[];
}

const COLUMNS = `offer_id AS "offerId", o.hospital, o.study_uid AS "studyInstanceUid", o.patient_issuer AS "patientIssuer",
  o.patient_id AS "patientId", o.state`;

/** Priors that are offered to hospitals. */
export class PriorOfferStore {
  constructor(private readonly sql: Sql) {}

  /** Whole studies of a person at other hospitals since a day, the newest first. */
  candidates(hospital: string, personId: string, since: string, modalities: readonly string[], limit: number) {
    return this.sql.query<StudyRow>(
      `SELECT ${STUDY_COLUMNS} FROM shown_studies
       WHERE person_id = $1 AND hospital <> $2 AND study_date >= $3 AND state = 'complete'
         AND (cardinality($4::text[]) = 0 OR modalities && $4::text[])
       ORDER BY study_date DESC, study_time DESC, study_uid LIMIT $5`,
      [personId, hospital, since, modalities, limit],
      'prior-candidates',
    );
  }

  /** One that was offered before stays as it is. */
  async add(offer: Omit<PriorOffer, 'state'>, relevance: Relevance, place: number): Promise<void> {
    await this.sql.query(
      `INSERT INTO prior_offers (offer_id, hospital, study_uid, patient_issuer, patient_id, state, relevance, place)
       VALUES ($1, $2, $3, $4, $5, 'open', $6, $7) ON CONFLICT DO NOTHING`,
      [offer.offerId, offer.hospital, offer.studyInstanceUid, offer.patientIssuer, offer.patientId, relevance, place],
    );
  }

  /** The open ones: the nearest to what was ordered first, then the oldest. */
  open(hospital: string, limit: number): Promise<OfferedStudy[]> {
    return this.sql.query(
      `SELECT ${COLUMNS}, s.hospital AS "ownerHospital", s.study_date AS "studyDate", s.modalities
       FROM prior_offers o JOIN shown_studies s USING (study_uid)
       WHERE o.hospital = $1 AND o.state = 'open' ORDER BY relevance, offered_at, place LIMIT $2`,
      [hospital, limit],
      'prior-offers-open',
    );
  }

  find(offerId: string): Promise<PriorOffer | undefined> {
    return first(this.sql, `SELECT ${COLUMNS} FROM prior_offers o WHERE offer_id = $1`, [offerId], 'prior-offer');
  }

  /** Closes an open one. */
  async answer(offerId: string, state: PriorOutcome | 'refused', reason: string): Promise<void> {
    await this.sql.query(
      `UPDATE prior_offers SET state = $2, reason = $3, answered_at = now() WHERE offer_id = $1 AND state = 'open'`,
      [offerId, state, reason],
    );
  }
}
