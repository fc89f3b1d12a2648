import type { EventData, SignInRecordedV1 } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

export type KeptSignIn = EventData<typeof SignInRecordedV1> & { readonly eventId: string };

/** Adds records of sign-ins to the audit trail in their order. One that is already there is left out, by its event id. */
export async function keepSignIns(tx: Sql, signIns: readonly KeptSignIn[]): Promise<void> {
  const records = JSON.stringify(signIns);
  await tx.query(
    `INSERT INTO access_actors (subject, display_name)
     SELECT DISTINCT r.actor ->> 'subject', r.actor ->> 'displayName' FROM jsonb_to_recordset($1::jsonb) AS r (actor jsonb)
     ON CONFLICT DO NOTHING`,
    [records],
  );
  await tx.query(
    `INSERT INTO accesses (event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action,
       purpose_of_use, query, outcome, code, policies, policy_version, service, trace_id, account, address)
     SELECT r."eventId", r."recordId", r.at, 1, r.actor ->> 'subject', r.actor ->> 'displayName',
       ARRAY(SELECT jsonb_array_elements_text(r.actor -> 'roles')), r.actor ->> 'hospital', r.action,
       'HOPERAT', ARRAY(SELECT jsonb_array_elements_text(r.methods)), r.outcome, r.code, '{}', '', r.service, r."traceId",
       r.account, r.address
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("eventId" uuid, "recordId" uuid, at timestamptz, actor jsonb,
       action text, methods jsonb, outcome text, code text, service text, "traceId" text, account text, address text))
       WITH ORDINALITY AS r ("eventId", "recordId", at, actor, action, methods, outcome, code, service, "traceId", account,
       address, nth)
     ORDER BY r.nth
     ON CONFLICT (event_id) DO NOTHING`,
    [records],
  );
}
