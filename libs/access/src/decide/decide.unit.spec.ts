import { describe, expect, it } from '@jest/globals';
import { type AccessAction, PurposeOfUse, Role } from '@yinglian/contracts';
import type { ServicePrincipal } from '@yinglian/platform';
import { type Actor, anyActorOf } from './actor.js';
import { type AccessFacts, decide, decideListing, NO_FACTS } from './decide.js';
import type { Relationship } from './host-facts.js';
import { Policies } from './policies.js';
import { shippedPolicies } from './policy-text.js';

const policies = Policies.shipped();
const LATER = new Date('2100-01-01T00:00:00Z');
const VISITING: Relationship = { daysSinceVisit: 0 };
const LONG_AGO: Relationship = {
  daysSinceVisit: 400,
  daysSinceOrder: 400,
  daysSinceReferral: 400,
  daysSinceStudy: 400,
};
const GLASS = '0192f0c1-5f4e-7c3a-9b1d-000000000021';

interface Case {
  readonly role: Role;
  readonly purposeOfUse: PurposeOfUse;
  readonly home: boolean;
  readonly relationship: Relationship;
  readonly confidentiality: 'restricted' | 'very-restricted' | undefined;
  readonly secondFactor: boolean;
  readonly declared: boolean;
  readonly objected: boolean;
  readonly broken: boolean;
  readonly own: boolean;
}

const actorOf = ({ role, purposeOfUse, home }: Pick<Case, 'role' | 'purposeOfUse' | 'home'>): Actor => ({
  subject: 'a',
  displayName: 'A',
  roles: [role],
  hospital: home ? 'H001' : 'H003',
  department: null,
  sessionId: 's',
  purposeOfUse,
});

function decided(action: AccessAction | 'study.list', actor: Actor, facts: AccessFacts) {
  const request = { actor, personId: 'P', studyInstanceUid: '1.2', ownerHospital: 'H001' };
  const {
    code,
    policies: decidedBy,
    problem,
  } = action === 'study.list'
    ? decideListing(policies, actor, 'H001', facts)
    : decide(policies, { ...request, action }, facts);
  return [problem === null ? 'permit' : 'deny', code, decidedBy];
}

function answer(action: AccessAction | 'study.list', given: Partial<Case> & { role: Role }) {
  const { relationship = {}, declared = false, objected = false, broken = false, own = false } = given;
  const { purposeOfUse = 'TREAT', home = false, confidentiality, secondFactor = false, role } = given;
  const facts = {
    relationship,
    confidentiality,
    declaredUntil: declared ? LATER : null,
    objected,
    breakGlassId: broken ? GLASS : null,
    own,
  };
  return decided(action, { ...actorOf({ role, purposeOfUse, home }), secondFactor }, facts);
}

describe('decisions', () => {
  it.each<[string, unknown[], unknown[]]>([
    [
      'a clinician finds',
      answer('study.search', { role: 'clinician' }),
      permit('TREATMENT', 'clinician-finds-for-treatment'),
    ],
    [
      'a clinician elsewhere gives a reason first',
      answer('study.retrieve', { role: 'clinician' }),
      deny('ACCESS_REASON_NEEDED'),
    ],
    ...(
      [
        ['a visit', { daysSinceVisit: 0 }, permit('VISIT', 'clinician-opens-during-a-visit')],
        ['a month after the visit', { daysSinceVisit: 30 }, permit('VISIT', 'clinician-opens-during-a-visit')],
        ['later', { daysSinceVisit: 31 }, deny('ACCESS_REASON_NEEDED')],
        ['an order', { daysSinceOrder: 90 }, permit('ORDERED_EXAM', 'clinician-opens-when-ordered')],
        ['a referral', { daysSinceReferral: 90 }, permit('REFERRAL', 'clinician-opens-when-referred')],
        ['an old referral', { daysSinceReferral: 91 }, deny('ACCESS_REASON_NEEDED')],
        ['an old order', { daysSinceOrder: 91 }, deny('ACCESS_REASON_NEEDED')],
        ['a study', { daysSinceStudy: 365 }, permit('TREATING_HOSPITAL', 'clinician-opens-when-treating')],
        ['an old study', { daysSinceStudy: 366 }, deny('ACCESS_REASON_NEEDED')],
        [
          'an old visit, and an order',
          { daysSinceVisit: 100, daysSinceOrder: 1 },
          permit('ORDERED_EXAM', 'clinician-opens-when-ordered'),
        ],
      ] as const
    ).map(([what, relationship, expected]): [string, unknown[], unknown[]] => [
      `what the hospital has to do with the person: ${what}`,
      answer('study.retrieve', { role: 'clinician', relationship }),
      expected,
    ]),
    ...(
      [
        ['restricted', { daysSinceStudy: 1 }, false, deny('ACCESS_REASON_NEEDED')],
        ['restricted', { daysSinceVisit: 1 }, false, permit('VISIT', 'clinician-opens-during-a-visit')],
        [
          'very-restricted',
          { daysSinceVisit: 1 },
          false,
          deny('STUDY_VERY_RESTRICTED', 'very-restricted-needs-second-factor'),
        ],
        ['very-restricted', { daysSinceVisit: 1 }, true, permit('VISIT', 'clinician-opens-during-a-visit')],
        ['very-restricted', { daysSinceStudy: 1 }, true, deny('ACCESS_REASON_NEEDED')],
      ] as const
    ).map(([confidentiality, relationship, secondFactor, expected]): [string, unknown[], unknown[]] => [
      `what is ${confidentiality}, by ${JSON.stringify(relationship)} and ${secondFactor ? 'a' : 'no'} second factor`,
      answer('study.retrieve', { role: 'clinician', relationship, confidentiality, secondFactor }),
      expected,
    ]),
    [
      'the home hospital opens what is very restricted',
      answer('study.retrieve', { role: 'clinician', home: true, confidentiality: 'very-restricted' }),
      permit('HOME_HOSPITAL', 'clinician-opens-at-home'),
    ],
    [
      'broken glass opens what is very restricted',
      answer('study.retrieve', { role: 'clinician', broken: true, confidentiality: 'very-restricted' }),
      permit('BREAK_GLASS', 'clinician-breaks-glass'),
    ],
    [
      'a declared relationship opens',
      answer('study.retrieve', { role: 'clinician', declared: true }),
      permit('DECLARED_RELATIONSHIP', 'clinician-opens-when-declared'),
    ],
    [
      'the home hospital opens',
      answer('study.retrieve', { role: 'clinician', home: true }),
      permit('HOME_HOSPITAL', 'clinician-opens-at-home'),
    ],
    [
      'an objection stands above treatment and declaration',
      answer('study.retrieve', { role: 'clinician', relationship: VISITING, declared: true, objected: true }),
      deny('PATIENT_OBJECTS', 'patient-objects'),
    ],
    [
      'an objection hides a study from a list',
      answer('study.list', { role: 'clinician', objected: true }),
      deny('PATIENT_OBJECTS', 'patient-objects'),
    ],
    [
      'an objection is not given away by a search that names the study',
      answer('study.search', { role: 'clinician', objected: true }),
      permit('TREATMENT', 'clinician-finds-for-treatment'),
    ],
    [
      'an objection leaves the home hospital alone',
      answer('study.retrieve', { role: 'clinician', home: true, objected: true }),
      permit('HOME_HOSPITAL', 'clinician-opens-at-home'),
    ],
    [
      'broken glass opens for who has no other reason',
      answer('study.retrieve', { role: 'clinician', broken: true }),
      permit('BREAK_GLASS', 'clinician-breaks-glass'),
    ],
    [
      'broken glass goes past an objection',
      answer('study.retrieve', { role: 'clinician', broken: true, objected: true }),
      permit('BREAK_GLASS', 'clinician-breaks-glass'),
    ],
    [
      'broken glass is the basis where an objection stands above treatment',
      answer('study.retrieve', { role: 'clinician', broken: true, objected: true, relationship: VISITING }),
      permit('BREAK_GLASS', 'clinician-breaks-glass', 'clinician-opens-during-a-visit'),
    ],
    [
      'the home hospital needs no broken glass',
      answer('study.retrieve', { role: 'clinician', broken: true, objected: true, home: true }),
      permit('HOME_HOSPITAL', 'clinician-breaks-glass', 'clinician-opens-at-home'),
    ],
    [
      'broken glass shows a closed study in a list',
      answer('study.list', { role: 'clinician', broken: true, objected: true }),
      permit('BREAK_GLASS', 'clinician-breaks-glass', 'clinician-finds-for-treatment'),
    ],
    [
      'broken glass is no search by itself',
      answer('study.search', { role: 'clinician', broken: true }),
      permit('TREATMENT', 'clinician-finds-for-treatment'),
    ],
    [
      'broken glass opens nothing for research',
      answer('study.retrieve', { role: 'clinician', broken: true, purposeOfUse: 'HRESCH' }),
      deny('PURPOSE_NOT_ALLOWED'),
    ],
    [
      'broken glass is a clinician’s: a steward does not know of what is closed',
      answer('study.list', { role: 'steward', broken: true, objected: true }),
      deny('PATIENT_OBJECTS', 'patient-objects'),
    ],
    [
      'research is not treatment',
      answer('study.retrieve', { role: 'clinician', relationship: VISITING, purposeOfUse: 'HRESCH' }),
      deny('PURPOSE_NOT_ALLOWED'),
    ],
    [
      'a steward sees identities',
      answer('person.search', { role: 'steward' }),
      permit('STEWARD_DUTY', 'steward-keeps-identities'),
    ],
    [
      'a steward may know that a study exists',
      answer('study.list', { role: 'steward' }),
      permit('STEWARD_DUTY', 'steward-keeps-identities'),
    ],
    [
      'a steward does not know of what the patient closed',
      answer('study.list', { role: 'steward', objected: true }),
      deny('PATIENT_OBJECTS', 'patient-objects'),
    ],
    ['a steward searches no studies', answer('study.search', { role: 'steward' }), deny('ACCESS_DENIED')],
    ['a clinician reads no log', answer('audit.search', { role: 'clinician' }), deny('ACCESS_DENIED')],
    [
      'an auditor reads the log',
      answer('audit.search', { role: 'auditor' }),
      permit('AUDIT_DUTY', 'auditor-reads-the-log'),
    ],
    [
      'a patient lists their own studies, also what they closed',
      answer('study.list', { role: 'patient', own: true, objected: true }),
      permit('OWN_RECORD', 'patient-reads-own'),
    ],
    [
      'a patient reads who looked at theirs',
      answer('audit.search', { role: 'patient', own: true }),
      permit('OWN_RECORD', 'patient-reads-own'),
    ],
    ['a patient opens no images yet', answer('study.retrieve', { role: 'patient', own: true }), deny('ACCESS_DENIED')],
    ['a patient reads of nobody else', answer('person.read', { role: 'patient' }), deny('ACCESS_DENIED')],
    [
      'a link to a person gives staff nothing',
      answer('audit.search', { role: 'steward', own: true }),
      deny('ACCESS_DENIED'),
    ],
    ['an administrator finds nobody', answer('person.search', { role: 'administrator' }), deny('ACCESS_DENIED')],
    ['an administrator finds no study', answer('study.search', { role: 'administrator' }), deny('ACCESS_DENIED')],
  ])('%s', (_, given, expected) => {
    expect(given).toEqual(expected);
  });

  it('open a study for clinicians who treat, and for nobody else, whatever else holds', () => {
    const wrong: unknown[] = [];
    let tried = 0;
    for (const given of everyCase()) {
      const { role, purposeOfUse, home, relationship, declared, objected, broken } = given;
      const treats = role === 'clinician' && ['TREAT', 'ETREAT'].includes(purposeOfUse);
      const expected =
        treats && (broken || home || relationship === VISITING || declared) && (broken || home || !objected)
          ? 'permit'
          : 'deny';
      const [outcome, code] = answer('study.retrieve', given);
      tried += 1;
      if (
        outcome !== expected ||
        (expected === 'deny' && role !== 'clinician' && !objected && code !== 'ACCESS_DENIED')
      )
        wrong.push({ ...given, outcome, code });
    }
    expect([tried, wrong]).toEqual([Role.options.length * PurposeOfUse.options.length * 64, []]);
  });

  it('say that a province’s own policy forbids it, where no reason would help', () => {
    const { files, schema } = shippedPolicies();
    const forbid =
      '@id("images-by-day")\nforbid (principal, action == Action::"study.retrieve", resource) when { !context.secondFactor };';
    const own = Policies.of({ files: { ...files, 'own.cedar': forbid }, schema });
    const request = {
      actor: actorOf({ role: 'clinician', purposeOfUse: 'TREAT', home: true }),
      action: 'study.retrieve',
      personId: null,
      studyInstanceUid: '1.2',
      ownerHospital: 'H001',
    } as const;
    expect(decide(own, request, NO_FACTS)).toMatchObject({ code: 'POLICY_FORBIDS', policies: ['images-by-day'] });
    expect(decide(policies, request, NO_FACTS).code).toBe('HOME_HOSPITAL');
  });

  it('take an account without a hospital for nobody’s colleague', () => {
    const actor = { ...actorOf({ role: 'clinician', purposeOfUse: 'TREAT', home: true }), hospital: null };
    const request = {
      actor,
      action: 'study.retrieve',
      personId: null,
      studyInstanceUid: '1.2',
      ownerHospital: null,
    } as const;
    expect(decide(policies, request, NO_FACTS).code).toBe('ACCESS_REASON_NEEDED');
  });

  it.each<[string, Partial<ServicePrincipal>, AccessAction, unknown[]]>([
    ['a program of a hospital finds', {}, 'person.search', permit('TREATMENT', 'program-of-a-hospital-finds')],
    ['and reads', {}, 'person.read', permit('TREATMENT', 'program-of-a-hospital-finds')],
    ['and opens nothing', {}, 'study.retrieve', deny('ACCESS_DENIED')],
    ['one without the scope finds nobody', { scopes: ['patients:write'] }, 'person.search', deny('ACCESS_DENIED')],
    [
      'one that keeps consents reads whose they are',
      { scopes: ['consents:write'] },
      'person.read',
      permit('CONSENT_KEEPING', 'program-of-a-hospital-keeps-consents'),
    ],
    ['and searches nobody', { scopes: ['consents:write'] }, 'person.search', deny('ACCESS_DENIED')],
    ['one of no hospital finds nobody', { hospital: null }, 'person.search', deny('ACCESS_DENIED')],
  ])('%s', (_, given, action, expected) => {
    const actor = anyActorOf({
      kind: 'service',
      clientId: 'his-H002',
      scopes: ['persons:read'],
      hospital: 'H002',
      ...given,
    });
    const request = { actor, action, personId: 'P', studyInstanceUid: null, ownerHospital: null };
    const { code, policies: decidedBy, problem } = decide(policies, request, NO_FACTS);
    expect([problem === null ? 'permit' : 'deny', code, decidedBy]).toEqual(expected);
    expect(actor).toMatchObject({ subject: 'client:his-H002', displayName: 'his-H002', roles: [] });
  });

  it.each<[string, AccessAction | 'study.list', Partial<ServicePrincipal>, unknown[]]>([
    ['searches', 'study.search', {}, permit('TREATMENT', 'program-of-a-hospital-searches')],
    ['lists its hospital’s own', 'study.list', {}, permit('HOME_HOSPITAL', 'program-of-a-hospital-opens-its-own')],
    ['opens its hospital’s own', 'study.retrieve', {}, permit('HOME_HOSPITAL', 'program-of-a-hospital-opens-its-own')],
    ['lists no other’s', 'study.list', { hospital: 'H002' }, deny('ACCESS_DENIED')],
    ['opens no other’s', 'study.retrieve', { hospital: 'H002' }, deny('ACCESS_DENIED')],
    ['of no hospital opens nothing', 'study.retrieve', { hospital: null }, deny('ACCESS_DENIED')],
    ['of no hospital searches nothing', 'study.search', { hospital: null }, deny('ACCESS_DENIED')],
    ['without its scope searches nothing', 'study.search', { scopes: ['persons:read'] }, deny('ACCESS_DENIED')],
    ['finds no persons', 'person.search', {}, deny('ACCESS_DENIED')],
  ])('a workstation by itself %s', (_, action, given, expected) => {
    const actor = anyActorOf({ kind: 'service', clientId: 'x', scopes: ['studies:read'], hospital: 'H001', ...given });
    // Its hospital treats the person: that does not open what others made.
    expect(decided(action, actor, { ...NO_FACTS, relationship: VISITING })).toEqual(expected);
  });
});

const ANY = { confidentiality: undefined, secondFactor: false } as const;

function* everyCase(): Generator<Case> {
  const either = [true, false];
  for (const role of Role.options)
    for (const purposeOfUse of PurposeOfUse.options)
      for (const home of either)
        for (const relationship of [VISITING, LONG_AGO])
          for (const declared of either)
            for (const objected of either)
              for (const broken of either)
                for (const own of either)
                  yield { ...ANY, role, purposeOfUse, home, relationship, declared, objected, broken, own };
}

function permit(code: string, ...decidedBy: string[]) {
  return ['permit', code, decidedBy];
}

function deny(code: string, policy?: string) {
  return ['deny', code, policy === undefined ? [] : [policy]];
}
