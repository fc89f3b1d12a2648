import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AccessRecordedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';

/** Adds every service's records of access to the audit trail. */
@Controller()
export class KeepAccessesConsumer {
  @ConsumeEvents(AccessRecordedV1)
  async keep(@Payload() batch: readonly ReceivedEvent<typeof AccessRecordedV1>[], @Ctx() { tx }: EventContext) {
    await tx.query(
      `INSERT INTO accesses (event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action,
         purpose_of_use, person_id, study_uid, owner_hospital, query, outcome, code, policies, policy_version, service, trace_id)
       SELECT r.event_id, r."accessId", r.at, r.count, r.actor ->> 'subject', r.actor ->> 'displayName',
         ARRAY(SELECT jsonb_array_elements_text(r.actor -> 'roles')), r.actor ->> 'hospital', r.action,
         r."purposeOfUse", r."personId", r."studyInstanceUid", r."ownerHospital",
         ARRAY(SELECT jsonb_array_elements_text(r.query)), r.decision ->> 'outcome', r.decision ->> 'code',
         ARRAY(SELECT jsonb_array_elements_text(r.decision -> 'policies')), r.decision ->> 'policyVersion', r.service, r."traceId"
       FROM jsonb_to_recordset($1::jsonb) AS r (event_id uuid, "accessId" uuid, at timestamptz, count int, actor jsonb,
         action text, "purposeOfUse" text, "personId" text, "studyInstanceUid" text, "ownerHospital" text, query jsonb,
         decision jsonb, service text, "traceId" text)
       ON CONFLICT (event_id) DO NOTHING`,
      [JSON.stringify(batch.map(({ id, data }) => ({ event_id: id, ...data })))],
    );
  }
}
