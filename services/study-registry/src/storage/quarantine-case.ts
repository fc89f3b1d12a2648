import type { QuarantineReason } from '../domain/sort-instances.js';

export type CaseState = 'open' | 'kept' | 'taken';
export type StewardDecision = 'keep' | 'take' | 'undo';

/** One question to a steward: what a hospital sent again of one series, for one reason. */
export interface QuarantineCase {
  readonly caseId: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly hospital: string;
  readonly reason: QuarantineReason;
  readonly state: CaseState;
  readonly instances: number;
  /** Counts arrivals and decisions. */
  readonly version: number;
  readonly openedAt: Date;
}

export interface CaseDecision {
  readonly decision: StewardDecision;
  /** The steward's account, and their name at the time. */
  readonly decidedBy: string;
  readonly decidedByName: string;
  readonly decidedAt: Date;
  readonly note: string;
}

export const CASE_COLUMNS = `case_id AS "caseId", study_uid AS "studyUid", series_uid AS "seriesUid", hospital, reason, state,
  instances, version, opened_at AS "openedAt"`;
