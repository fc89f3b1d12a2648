import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId, Uid } from '../identifiers.js';
import { PurposeOfUse, Role } from '../roles.js';

/** What was asked for. */
export const AccessAction = z.enum([
  'person.search',
  'person.read',
  'study.search',
  'study.retrieve',
  'audit.search',
  'audit.export',
]);
export type AccessAction = z.infer<typeof AccessAction>;

/** A decision's code: why it was permitted, or the problem code that the refusal carried. */
export const AccessDecision = z.object({
  outcome: z.enum(['permit', 'deny']),
  code: z
    .string()
    .max(64)
    .describe('For a refusal the problem code, for instance ACCESS_REASON_NEEDED; for a permit its basis'),
  policies: z.array(z.string().max(128)).describe('Ids of the Cedar policies that determined it'),
  policyVersion: z.string().max(64),
});

export const AccessRecordedV1 = defineEvent({
  type: 'access.recorded.v1',
  topic: 'audit',
  key: (data) => data.actor.subject,
  emitted:
    'Emitted by the deciding service for each search and retrieval, permitted or refused, committed before any byte of the answer leaves; repeated looks at one study in one session by the same action add to `count` of a further event with the same accessId.',
  data: z.object({
    accessId: z.uuid(),
    at: Instant,
    count: z.number().int().positive().describe('Requests that this event adds to the access'),
    actor: z.object({
      subject: z.string(),
      displayName: z.string().max(100),
      roles: z.array(Role),
      hospital: HospitalCode.nullable(),
    }),
    action: AccessAction,
    purposeOfUse: PurposeOfUse,
    personId: PersonId.nullable(),
    studyInstanceUid: Uid.nullable(),
    ownerHospital: HospitalCode.nullable().describe('The hospital whose study or patient was asked for'),
    query: z
      .array(z.string().max(64))
      .describe('Names of the search keys used; never their values, which may be patient data'),
    decision: AccessDecision,
    breakGlassId: z.uuid().exactOptional().describe('The break-glass that the permit rests on; absent where none'),
    service: z.string().max(64),
    traceId: z.string().max(64),
  }),
});
