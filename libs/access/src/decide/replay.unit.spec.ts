import { describe, expect, it } from '@jest/globals';
import { AccessAction, AccessDevice, DecidedFacts, PurposeOfUse, Role, Scope } from '@yinglian/contracts';
import fc from 'fast-check';
import type { Actor } from './actor.js';
import { type AccessFacts, type AccessRequest, decide, decideListing } from './decide.js';
import { Policies } from './policies.js';
import { replay } from './replay.js';

const policies = Policies.shipped();

const hospital = fc.constantFrom(null, 'H001', 'H002');
const days = fc.option(fc.constantFrom(0, 29, 30, 31, 90, 91, 365, 366), { nil: undefined });

const actor: fc.Arbitrary<Actor> = fc.record({
  subject: fc.constantFrom('dr.a', 'dr.b', 'client:x'),
  displayName: fc.constant('甲'),
  roles: fc.subarray([...Role.options], { maxLength: 2 }),
  scopes: fc.subarray([...Scope.options], { maxLength: 2 }),
  hospital,
  department: fc.constantFrom(null, 'ICU'),
  sessionId: fc.constant('s'),
  purposeOfUse: fc.constantFrom(...PurposeOfUse.options),
  device: fc.constantFrom(...AccessDevice.options),
  secondFactor: fc.boolean(),
});
const request: fc.Arbitrary<AccessRequest> = fc.record({
  actor,
  action: fc.constantFrom(...AccessAction.options.filter((action) => action.startsWith('study'))),
  personId: fc.constantFrom(null, 'P'),
  studyInstanceUid: fc.constantFrom(null, '1.2'),
  ownerHospital: hospital,
});
const facts: fc.Arbitrary<AccessFacts> = fc.record({
  relationship: fc
    .record({ daysSinceVisit: days, daysSinceOrder: days, daysSinceReferral: days, daysSinceStudy: days })
    .map((all) => JSON.parse(JSON.stringify(all))),
  confidentiality: fc.constantFrom(undefined, 'restricted', 'very-restricted'),
  declaredUntil: fc.constantFrom(null, new Date('2100-01-01T00:00:00Z')),
  objected: fc.boolean(),
  own: fc.boolean(),
  breakGlassId: fc.constantFrom(null, '0192f0c1-5f4e-7c3a-9b1d-000000000021'),
});

/** As it comes back from the log. */
const recorded = (asked: AccessRequest, told: DecidedFacts) => {
  const { actor: who, ...what } = asked;
  const record = { ...what, actor: who, purposeOfUse: who.purposeOfUse, facts: DecidedFacts.parse(told) };
  return JSON.parse(JSON.stringify(record));
};

describe('a recorded decision', () => {
  it('is decided again to the same answer', () => {
    fc.assert(
      fc.property(request, facts, (asked, known) => {
        fc.pre(asked.action !== 'study.retrieve' || asked.studyInstanceUid !== null);
        const { facts: told, breakGlassId: _, ...answer } = decide(policies, asked, known);
        expect(replay(policies, recorded(asked, told))).toEqual(answer);
      }),
      { numRuns: 2_000 },
    );
  });

  it('about what a list shows by broken glass is, too', () => {
    fc.assert(
      fc.property(actor, facts, (who, known) => {
        const { facts: told, breakGlassId, ...answer } = decideListing(policies, who, 'H003', known);
        fc.pre(breakGlassId !== null);
        const asked = { actor: who, action: 'study.search' as const, personId: 'P', studyInstanceUid: null };
        expect(replay(policies, recorded({ ...asked, ownerHospital: null }, told))).toEqual(answer);
      }),
      { numRuns: 2_000 },
    );
  });

  it('from before facts were recorded is not', () => {
    const asked = { action: 'study.search', personId: 'P', studyInstanceUid: null, ownerHospital: null } as const;
    const who = { subject: 'dr.a', roles: ['clinician' as const], hospital: 'H001' };
    expect(replay(policies, { ...asked, purposeOfUse: 'TREAT', actor: who })).toBeUndefined();
  });
});
