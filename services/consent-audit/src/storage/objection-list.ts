import type { Sql } from '@yinglian/persistence';

export interface Objection {
  readonly consentId: string;
  readonly personId: string;
  readonly studyInstanceUid: string | null;
  readonly note: string;
  readonly withdrawnAt: Date;
  /** When it was taken back; null while it is in force. */
  readonly grantedAt: Date | null;
  /** The objection that it was carried over from when persons were split; null for one that was recorded by itself. */
  readonly copyOf: string | null;
}

const LISTED_AT_MOST = 200;

/** Objections of any of these persons, who are one; the newest first. */
export function objectionsOf(sql: Sql, personIds: readonly string[]): Promise<Objection[]> {
  return sql.query(
    `SELECT consent_id AS "consentId", person_id AS "personId", study_uid AS "studyInstanceUid", note,
       withdrawn_at AS "withdrawnAt", granted_at AS "grantedAt", copy_of AS "copyOf"
     FROM objections WHERE person_id = ANY ($1) ORDER BY withdrawn_at DESC, consent_id LIMIT $2`,
    [personIds, LISTED_AT_MOST],
  );
}
