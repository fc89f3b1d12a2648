import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId, Uid } from '../identifiers.js';
import { PurposeOfUse, Role } from '../roles.js';

/** What somebody did to the province's rules, members or records: everything that is answered for beside looking and signing in. */
export const DeedAction = z.enum([
  'break-glass.open',
  'break-glass.end',
  'break-glass.review',
  'consent.close',
  'consent.open',
  'consent.end',
  'account.link',
  'account.unlink',
  'relationship.declare',
  'staff.add',
  'staff.change',
  'password.reset',
  'identity.unlink',
  'roles.propose',
  'roles.approve',
  'roles.refuse',
  'roles.withdraw',
  'hospital.add',
  'hospital.change',
  'department.add',
  'department.change',
  'workstation.add',
  'workstation.change',
  'workstation.remove',
  'client.add',
  'client.renew',
  'client.remove',
  'deadline.set',
  'study.withdraw',
  'study.restore',
  'study.hold',
  'study.release',
  'disposal.confirm',
  'disposal.register',
  'disposal.withdraw',
  'quarantine.decide',
  'person.merge',
  'person.split',
  'person.separate',
  'decision.withdraw',
  'conflict.decide',
  'matching.set',
  'case.open',
  'case.note',
  'case.close',
  'case.answer',
  'finding.dismiss',
  'vip.list',
  'vip.end',
  'policies.propose',
  'policies.sign',
  'policies.refuse',
  'policies.withdraw',
  'audit-keys.turn',
  'witness.add',
  'witness.change',
]);
export type DeedAction = z.infer<typeof DeedAction>;

/** What a deed was done to, where that is no person, study, account or hospital. */
export const DeedObject = z.object({
  kind: z.enum([
    'break-glass',
    'consent',
    'relationship',
    'account-link',
    'policies',
    'department',
    'workstation',
    'client',
    'role-proposal',
    'deadline',
    'disposal',
    'quarantine',
    'decision',
    'conflict',
    'match-settings',
    'case',
    'finding',
    'audit-log',
    'witness',
    'vip',
  ]),
  id: z.string().min(1).max(128).describe('As its service names it; never patient data'),
});
export type DeedObject = z.infer<typeof DeedObject>;

export const DeedRecordedV1 = defineEvent({
  type: 'deed.recorded.v1',
  topic: 'audit',
  key: (data) => data.actor.subject,
  emitted:
    'Emitted by the service that carries it out for each deed that is answered for: a change of rules, members or accounts, a decision of a steward; committed with the deed itself.',
  data: z.object({
    recordId: z.uuid(),
    at: Instant,
    actor: z.object({
      subject: z.string().max(128).describe('Who acted; `-` where the province itself did'),
      displayName: z.string().max(100),
      roles: z.array(Role),
      hospital: HospitalCode.nullable(),
    }),
    action: DeedAction,
    purposeOfUse: PurposeOfUse,
    personId: PersonId.nullable(),
    studyInstanceUid: Uid.nullable(),
    account: z.string().max(64).nullable().describe('Whose account it was done to'),
    hospital: HospitalCode.nullable().describe('The hospital whose study, staff or settings it was done to'),
    object: DeedObject.nullable(),
    code: z
      .string()
      .max(64)
      .describe('How it was done or decided, for instance a verdict; DONE where there is one way'),
    changed: z.array(z.string().max(64)).describe('Names of what was changed; never the values'),
  }),
});
