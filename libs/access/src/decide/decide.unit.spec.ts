import { describe, expect, it } from '@jest/globals';
import type { AccessAction, PurposeOfUse, Role } from '@yinglian/contracts';
import { type AccessFacts, decide } from './decide.js';
import { Policies } from './policies.js';

const policies = new Policies();
const nothing: AccessFacts = { treating: false, declared: false, objected: false };

function answer(
  role: Role,
  action: AccessAction,
  facts: Partial<AccessFacts> = {},
  { hospital = 'H003', purposeOfUse = 'TREAT' as PurposeOfUse } = {},
) {
  const actor = { subject: 'a', displayName: 'A', roles: [role], hospital, sessionId: 's', purposeOfUse };
  const request = { actor, action, personId: 'P', studyInstanceUid: '1.2', ownerHospital: 'H001' };
  const { permitted, code, policies: decidedBy } = decide(policies, request, { ...nothing, ...facts });
  return [permitted, code, decidedBy];
}

describe('decisions', () => {
  it.each<[string, unknown[], unknown[]]>([
    ['a clinician finds', answer('clinician', 'study.search'), [true, 'TREATMENT', ['clinician-finds-for-treatment']]],
    [
      'a clinician elsewhere gives a reason first',
      answer('clinician', 'study.retrieve'),
      [false, 'ACCESS_REASON_NEEDED', []],
    ],
    [
      'a treating hospital opens',
      answer('clinician', 'study.retrieve', { treating: true }),
      [true, 'TREATING_HOSPITAL', ['treating-hospital-opens']],
    ],
    [
      'a declared relationship opens',
      answer('clinician', 'study.retrieve', { declared: true }),
      [true, 'DECLARED_RELATIONSHIP', ['declared-relationship-opens']],
    ],
    [
      'the home hospital opens',
      answer('clinician', 'study.retrieve', {}, { hospital: 'H001' }),
      [true, 'HOME_HOSPITAL', ['home-hospital-opens']],
    ],
    [
      'an objection stands above treatment',
      answer('clinician', 'study.retrieve', { treating: true, objected: true }),
      [false, 'PATIENT_OBJECTS', ['patient-objects']],
    ],
    [
      'an objection stands above a declaration',
      answer('clinician', 'study.retrieve', { declared: true, objected: true }),
      [false, 'PATIENT_OBJECTS', ['patient-objects']],
    ],
    [
      'an objection hides from a search',
      answer('clinician', 'study.search', { objected: true }),
      [false, 'PATIENT_OBJECTS', ['patient-objects']],
    ],
    [
      'an objection leaves the home hospital alone',
      answer('clinician', 'study.retrieve', { objected: true }, { hospital: 'H001' }),
      [true, 'HOME_HOSPITAL', ['home-hospital-opens']],
    ],
    [
      'research is not treatment',
      answer('clinician', 'study.retrieve', { treating: true }, { purposeOfUse: 'HRESCH' }),
      [false, 'PURPOSE_NOT_ALLOWED', []],
    ],
    [
      'a steward sees identities',
      answer('steward', 'person.search'),
      [true, 'STEWARD_DUTY', ['steward-keeps-identities']],
    ],
    ['a steward sees no images', answer('steward', 'study.retrieve', { treating: true }), [false, 'ACCESS_DENIED', []]],
    ['an auditor reads the log', answer('auditor', 'audit.search'), [true, 'AUDIT_DUTY', ['auditor-reads-the-log']]],
    ['an auditor opens nothing', answer('auditor', 'study.retrieve', { treating: true }), [false, 'ACCESS_DENIED', []]],
    ['a clinician reads no log', answer('clinician', 'audit.search'), [false, 'ACCESS_DENIED', []]],
    [
      'an administrator opens nothing',
      answer('administrator', 'study.retrieve', { treating: true, declared: true }),
      [false, 'ACCESS_DENIED', []],
    ],
    ['an administrator finds nobody', answer('administrator', 'person.search'), [false, 'ACCESS_DENIED', []]],
    [
      'a patient opens nothing here',
      answer('patient', 'study.retrieve', { treating: true }),
      [false, 'ACCESS_DENIED', []],
    ],
  ])('%s', (_, given, expected) => {
    expect(given).toEqual(expected);
  });

  it('come from policies that are all known by name', () => {
    expect(policies.ids).toEqual([
      'clinician-finds-for-treatment',
      'home-hospital-opens',
      'treating-hospital-opens',
      'declared-relationship-opens',
      'steward-keeps-identities',
      'auditor-reads-the-log',
      'patient-objects',
    ]);
    expect(policies.version).toMatch(/^[0-9a-f]{16}$/);
  });
});
