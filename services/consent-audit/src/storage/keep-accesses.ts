import type { AccessRecordedV1, DeedAction, DeedObject, EventData, SignInAction } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { AuditLogStore } from './audit-log.store.js';

type Access = EventData<typeof AccessRecordedV1>;

export type KeptAccess = Access & { readonly eventId: string };

/** A row of the audit log: an access, a deed, or what happened at a sign-in. */
export interface KeptRecord extends Omit<KeptAccess, 'action'> {
  readonly action: Access['action'] | DeedAction | SignInAction;
  /** Whose account it was done to, when that is not the actor's. */
  readonly account?: string | null;
  /** The network address that it was done from. */
  readonly address?: string | null;
  /** What a deed was done to, where that is no person, study or account. */
  readonly object?: DeedObject | null;
}

/** Adds records to the audit log in their order, behind all others. One that is already there is left out, by its event id. */
export async function keepAccesses(tx: Sql, accesses: readonly KeptRecord[]): Promise<void> {
  const records = JSON.stringify(accesses);
  await new AuditLogStore(tx).lockTo('add');
  await tx.query(
    `INSERT INTO access_actors (subject, display_name)
     SELECT DISTINCT r.actor ->> 'subject', r.actor ->> 'displayName' FROM jsonb_to_recordset($1::jsonb) AS r (actor jsonb)
     ON CONFLICT DO NOTHING`,
    [records],
  );
  await tx.query(
    `WITH told AS (
       SELECT r.*, row_number() OVER (PARTITION BY r."eventId" ORDER BY r.nth) AS repeated
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("eventId" uuid, "accessId" uuid, at timestamptz, count int,
         actor jsonb, action text, "purposeOfUse" text, "personId" text, "studyInstanceUid" text, "ownerHospital" text,
         query jsonb, decision jsonb, service text, "traceId" text, "breakGlassId" uuid, account text,
         address text, object jsonb, facts jsonb)) WITH ORDINALITY AS r ("eventId", "accessId", at, count, actor, action, "purposeOfUse", "personId",
         "studyInstanceUid", "ownerHospital", query, decision, service, "traceId", "breakGlassId", account, address, object, facts, nth)
     )
     INSERT INTO accesses (position, event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action,
       purpose_of_use, person_id, study_uid, owner_hospital, query, outcome, code, policies, policy_version, service, trace_id,
       break_glass_id, account, address, object_kind, object_id, facts, further)
     SELECT (SELECT coalesce(max(position) + 1, 0) FROM accesses) + row_number() OVER (ORDER BY r.nth) - 1,
       r."eventId", r."accessId", r.at, r.count, r.actor ->> 'subject', r.actor ->> 'displayName',
       ARRAY(SELECT jsonb_array_elements_text(r.actor -> 'roles')), r.actor ->> 'hospital', r.action,
       r."purposeOfUse", r."personId", r."studyInstanceUid", r."ownerHospital",
       ARRAY(SELECT jsonb_array_elements_text(r.query)), r.decision ->> 'outcome', r.decision ->> 'code',
       ARRAY(SELECT jsonb_array_elements_text(r.decision -> 'policies')), r.decision ->> 'policyVersion', r.service, r."traceId",
       r."breakGlassId", r.account, r.address, r.object ->> 'kind', r.object ->> 'id', r.facts,
         row_number() OVER (PARTITION BY r."accessId" ORDER BY r.nth) > 1
         OR EXISTS (SELECT FROM accesses a WHERE a.access_id = r."accessId")
     FROM told r
     WHERE r.repeated = 1 AND NOT EXISTS (SELECT FROM accesses a WHERE a.event_id = r."eventId")
     ORDER BY r.nth`,
    [records],
  );
}
