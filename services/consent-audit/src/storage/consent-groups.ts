import type { Sql } from '@yinglian/persistence';

export interface CarriedObjection {
  readonly consentId: string;
  readonly personId: string;
  /** Null: all studies of the person. */
  readonly studyUid: string | null;
  /** Null: all other hospitals. */
  readonly receiver: string | null;
  readonly saidAt: Date;
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
    `INSERT INTO consent_groups (person_id, consent_id)
     SELECT one, o.consent_id FROM consents o CROSS JOIN unnest($2::text[]) AS one
     WHERE o.consent_id = $1 AND one <> o.person_id`,
    [consentId, group],
  );
}

/** The same of all their objections since a merge that was not known here yet when they were recorded. */
export async function noteGroupSince(tx: Sql, group: readonly string[], mergedAt: string): Promise<void> {
  await tx.query(
    `INSERT INTO consent_groups (person_id, consent_id)
     SELECT one, o.consent_id FROM consents o CROSS JOIN unnest($1::text[]) AS one
     WHERE o.person_id = ANY ($1) AND o.closes AND o.said_at >= $2 AND o.copy_of IS NULL AND one <> o.person_id
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
    `INSERT INTO consents (consent_id, person_id, study_uid, receiver, note, stated_by, proof, identity, recorded_by,
       recorded_hospital, said_at, copy_of)
     SELECT gen_random_uuid(), apart.person_id, o.study_uid, o.receiver, o.note, o.stated_by, o.proof, o.identity, o.recorded_by,
       o.recorded_hospital, o.said_at, o.consent_id
     FROM (
       SELECT g.person_id, g.consent_id FROM consent_groups g JOIN consents USING (consent_id)
       WHERE g.person_id = ANY ($1) AND consents.person_id <> ALL ($1)
       UNION ALL
       SELECT g.person_id, g.consent_id FROM consents JOIN consent_groups g USING (consent_id)
       WHERE consents.person_id = ANY ($1) AND g.person_id <> ALL ($1)
     ) apart JOIN consents o USING (consent_id)
     WHERE o.closes AND o.ended_at IS NULL
     ON CONFLICT DO NOTHING
     RETURNING consent_id AS "consentId", person_id AS "personId", study_uid AS "studyUid", receiver, said_at AS "saidAt"`,
    [group],
  );
}

export interface FallenConsent {
  readonly consentId: string;
  readonly personId: string;
  readonly persons: readonly string[];
}

/**
 * Ends what was opened while the person was one with others who are not in the group any more: nobody knows who it was that opened
 * it, and what another of them had closed must not stay open by it.
 */
export const endApart = (tx: Sql, personId: string, group: readonly string[], at: string): Promise<FallenConsent[]> =>
  tx.query(
    `UPDATE consents SET ended_at = $3, ended_by = 'persons.split'
     WHERE NOT closes AND ended_at IS NULL AND cardinality(persons) > 1 AND persons @> ARRAY[$1] AND NOT persons <@ $2
     RETURNING consent_id AS "consentId", person_id AS "personId", persons`,
    [personId, group, at],
  );
