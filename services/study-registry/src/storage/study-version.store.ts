import { first, type Sql } from '@yinglian/persistence';
import type { DecisionKind } from '../domain/study-decision.js';
import type { ChangeKind } from './study-change.store.js';

/** One version of a study, and what made it. */
export interface StudyVersion {
  readonly version: number;
  readonly kind: ChangeKind;
  /** Shown in it. */
  readonly instances: number;
  readonly changedAt: Date;
  /** A steward's decision that made it: between versions of a series, or to withdraw or restore; null where images arrived. */
  readonly decision: 'take' | 'undo' | DecisionKind | null;
  /** Of a withdrawal, a code of DCM. */
  readonly reason: string | null;
}

/** Which versions a study has had, and from which on it is known what each consisted of. */
export class StudyVersionStore {
  constructor(private readonly sql: Sql) {}

  /** Those after a version, in their order. */
  list(studyUid: string, after: number, limit: number): Promise<StudyVersion[]> {
    return this.sql.query<StudyVersion>(
      `WITH page AS (
         SELECT version, kind, instances, changed_at FROM study_changes WHERE study_uid = $1 AND version > $2
         UNION ALL
         SELECT version, kind, instances, changed_at FROM untold_changes WHERE study_uid = $1 AND version > $2
         ORDER BY version LIMIT $3)
       SELECT version, kind, instances, changed_at AS "changedAt", COALESCE(shown.decision, between.decision) AS decision,
         NULLIF(shown.reason, '') AS reason
       FROM page LEFT JOIN LATERAL (
         SELECT decision, reason FROM study_decisions
         WHERE study_uid = $1 AND decided_at = changed_at AND kind IN ('updated', 'withdrawn', 'restored')
           AND decision IN ('withdraw', 'restore') ORDER BY number LIMIT 1) shown ON true
       LEFT JOIN LATERAL (
         SELECT decision FROM quarantine_decisions
         WHERE kind = 'updated' AND decided_at = changed_at AND decision IN ('take', 'undo')
           AND case_id IN (SELECT case_id FROM quarantined_instances WHERE study_uid = $1) LIMIT 1) between ON true
       ORDER BY version`,
      [studyUid, after, limit],
    );
  }

  /** The first version of which it is known what it consisted of: 1, unless packs of it came before that was kept. Null for none. */
  async keptSince(studyUid: string): Promise<number | null> {
    const row = await first<{ unknown: number; since: number | null }>(
      this.sql,
      `SELECT count(*) FILTER (WHERE stored > 0 AND study_version IS NULL)::int AS unknown,
         LEAST(min(study_version), (SELECT min(until_version) FROM left_out_before WHERE study_uid = $1)) AS since
       FROM packs WHERE study_uid = $1`,
      [studyUid],
    );
    return row === undefined || row.unknown === 0 ? 1 : row.since;
  }

  /** Keeps what packs leave out now, for the versions before the one that an exchange makes. */
  async keepLeftOut(studyUid: string, digests: readonly string[], untilVersion: number): Promise<void> {
    await this.sql.query(
      `INSERT INTO left_out_before (study_uid, digest, until_version, left_out)
       SELECT study_uid, digest, $3, left_out FROM packs WHERE study_uid = $1 AND digest = ANY ($2) ON CONFLICT DO NOTHING`,
      [studyUid, digests, untilVersion],
    );
  }
}
