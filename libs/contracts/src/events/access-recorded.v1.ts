import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId, Uid } from '../identifiers.js';
import { PurposeOfUse, Role, Scope } from '../roles.js';
import { Confidentiality } from './hospital-facts.js';

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

/** By what somebody asks: a browser, a DICOM workstation of a hospital, or a program without a user. */
export const AccessDevice = z.enum(['browser', 'workstation', 'program']);
export type AccessDevice = z.infer<typeof AccessDevice>;

const Days = z.number().int().nonnegative().exactOptional();
const ThatIsSo = z.literal(true).exactOptional();

/** What the policies were asked beyond what the record says otherwise. What was not so, or not there, is absent. */
export const DecidedFacts = z.object({
  device: AccessDevice,
  scopes: z.array(Scope).exactOptional().describe('Of a program'),
  department: z.string().max(64).exactOptional().describe('Of the actor, as their token says'),
  secondFactor: ThatIsSo.describe('Proved in the session'),
  daysSinceVisit: Days.describe('Since the actor’s hospital last had the person’s visit; 0 while it lasts'),
  daysSinceOrder: Days.describe('Since the actor’s hospital last ordered an exam for the person'),
  daysSinceReferral: Days.describe('Since another hospital last referred the person to the actor’s, while that counts'),
  daysSinceStudy: Days.describe('Since the actor’s hospital last made a study of the person'),
  confidentiality: Confidentiality.exclude(['normal'])
    .exactOptional()
    .describe('Of the study, as the hospital that made it said when it was ordered'),
  declared: ThatIsSo.describe('The actor had declared a relationship that had not ended'),
  objected: ThatIsSo.describe('The patient objects to sharing'),
  brokeGlass: ThatIsSo,
  own: ThatIsSo.describe('The account is a patient’s and stands for the person'),
  listed: ThatIsSo.describe('Whether studies in a list may be shown was asked, and of none by itself'),
});
export type DecidedFacts = z.infer<typeof DecidedFacts>;

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
    facts: DecidedFacts.exactOptional().describe(
      'With them and the policies of the version it is decided again to the same answer',
    ),
    breakGlassId: z.uuid().exactOptional().describe('The break-glass that the permit rests on; absent where none'),
    service: z.string().max(64),
    traceId: z.string().max(64),
  }),
});
