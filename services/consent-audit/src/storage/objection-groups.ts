import type { Sql } from '@yinglian/persistence';

export interface CarriedObjection {
  readonly consentId: string;
  readonly personId: string;
  /** Null: all studies of the person. */
  readonly studyUid: string | null;
  readonly withdrawnAt: Date;
}

/** Of those who carry objections over one at a time works, and sees what the one before it was told. */
export async function lockGroups(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('objection groups', 0))");
}

/** Until the transaction ends nobody carries objections over; it waits for who is just doing so. */
export async function holdGroups(tx: Sql): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock_shared(hashtextextended('objection groups', 0))");
}

/** Notes that an objection of one of these persons was recorded while they were one. */
export async function noteGroup(tx: Sql, consentId: string, group: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO objection_groups (person_id, consent_id)
     SELECT one, o.consent_id FROM objections o CROSS JOIN unnest($2::text[]) AS one
     WHERE o.consent_id = $1 AND one <> o.person_id`,
    [consentId, group],
  );
}

/** The same of all their objections since a merge that was not known here yet when they were recorded. */
export async function noteGroupSince(tx: Sql, group: readonly string[], mergedAt: string): Promise<void> {
  await tx.query(
    `INSERT INTO objection_groups (person_id, consent_id)
     SELECT one, o.consent_id FROM objections o CROSS JOIN unnest($1::text[]) AS one
     WHERE o.person_id = ANY ($1) AND o.withdrawn_at >= $2 AND o.copy_of IS NULL AND one <> o.person_id
     ON CONFLICT DO NOTHING`,
    [group, mergedAt],
  );
}

/**
 * Gives an objection of their own to those who are no more one with the person whose objection it is, where one side of them
 * is among these persons. One that is taken back already is not carried over, and none twice.
 */
export function carryOver(tx: Sql, group: readonly string[]): Promise<CarriedObjection[]> {
  return tx.query(
    `INSERT INTO objections (consent_id, person_id, study_uid, note, recorded_by, withdrawn_at, copy_of)
     SELECT gen_random_uuid(), apart.person_id, o.study_uid, o.note, o.recorded_by, o.withdrawn_at, o.consent_id
     FROM (
       SELECT g.person_id, g.consent_id FROM objection_groups g JOIN objections USING (consent_id)
       WHERE g.person_id = ANY ($1) AND objections.person_id <> ALL ($1)
       UNION ALL
       SELECT g.person_id, g.consent_id FROM objections JOIN objection_groups g USING (consent_id)
       WHERE objections.person_id = ANY ($1) AND g.person_id <> ALL ($1)
     ) apart JOIN objections o USING (consent_id)
     WHERE o.granted_at IS NULL
     ON CONFLICT DO NOTHING
     RETURNING consent_id AS "consentId", person_id AS "personId", study_uid AS "studyUid", withdrawn_at AS "withdrawnAt"`,
    [group],
  );
}
