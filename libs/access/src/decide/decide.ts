import type { AccessAction, PurposeOfUse, Role, Scope } from '@yinglian/contracts';
import { isPerson, type PersonPrincipal, type Principal, type ProblemType } from '@yinglian/platform';
import { accessProblems } from '../access.errors.js';
import type { Policies, PolicyQuestion, PolicyResource } from './policies.js';

/** Who asks, as the token says. */
export interface Actor {
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** Of a program; people have none. */
  readonly scopes?: readonly Scope[];
  readonly hospital: string | null;
  readonly department: string | null;
  readonly sessionId: string;
  readonly purposeOfUse: PurposeOfUse;
}

/** The actor that a verified token of a person describes. No decision asks when their second factor was proved. */
export const actorOf = ({ kind: _, secondFactorAt: __, ...actor }: PersonPrincipal): Actor => actor;

/** The actor that any verified token describes. Programs of hospitals ask for treatment: they have no other purpose. */
export function anyActorOf(caller: Principal): Actor {
  if (isPerson(caller)) return actorOf(caller);
  const { clientId, scopes, hospital } = caller;
  const subject = `client:${clientId}`;
  return {
    subject,
    displayName: clientId,
    roles: [],
    scopes,
    hospital,
    department: null,
    sessionId: subject,
    purposeOfUse: 'TREAT',
  };
}

/** What is asked for; null where the question is about nobody, or nothing, in particular. */
export interface AccessRequest {
  readonly actor: Actor;
  readonly action: AccessAction;
  readonly personId: string | null;
  readonly studyInstanceUid: string | null;
  readonly ownerHospital: string | null;
}

/** What the replicated view knows about actor, person and study at this moment. */
export interface AccessFacts {
  readonly treating: boolean;
  /** When the actor's declared relationship with the person ends; null when there is none. */
  readonly declaredUntil: Date | null;
  readonly objected: boolean;
  /** The break-glass of the actor for the person that has not ended; null when there is none. */
  readonly breakGlassId: string | null;
  /** The account is a patient's and stands for the person (ADR 0056). */
  readonly own: boolean;
}

export const NO_FACTS: AccessFacts = {
  treating: false,
  declaredUntil: null,
  objected: false,
  breakGlassId: null,
  own: false,
};

/** The basis of a patient who reads of themselves. */
export const OWN_RECORD = 'OWN_RECORD';

/** The basis of a permit that nothing but broken glass gives. */
export const BREAK_GLASS = 'BREAK_GLASS';

export interface Decision {
  readonly permitted: boolean;
  /** The basis of a permit, or the problem code of a refusal. */
  readonly code: string;
  /** Set when refused. */
  readonly problem: ProblemType | null;
  readonly policies: readonly string[];
  readonly policyVersion: string;
  /** Of a permit that rests on broken glass; null of any other decision. */
  readonly breakGlassId: string | null;
}

/** The strongest basis first: a decision that several policies permit is recorded with the first of them. */
const BASES: readonly (readonly [policy: string, basis: string])[] = [
  ['clinician-opens-at-home', 'HOME_HOSPITAL'],
  // Before what an objection would stand above.
  ['clinician-breaks-glass', BREAK_GLASS],
  ['clinician-opens-when-treating', 'TREATING_HOSPITAL'],
  ['clinician-opens-when-declared', 'DECLARED_RELATIONSHIP'],
  ['program-of-a-hospital-opens-its-own', 'HOME_HOSPITAL'],
  ['clinician-finds-for-treatment', 'TREATMENT'],
  ['program-of-a-hospital-finds', 'TREATMENT'],
  ['program-of-a-hospital-searches', 'TREATMENT'],
  ['program-of-a-hospital-keeps-consents', 'CONSENT_KEEPING'],
  ['steward-keeps-identities', 'STEWARD_DUTY'],
  ['auditor-reads-the-log', 'AUDIT_DUTY'],
  ['patient-reads-own', OWN_RECORD],
];

/** The one decision: the same question and facts give the same answer everywhere. */
export function decide(
  policies: Policies,
  request: Omit<AccessRequest, 'action'> & Pick<PolicyQuestion, 'action'>,
  { treating, declaredUntil, objected, breakGlassId, own }: AccessFacts,
): Decision {
  const { actor, action } = request;
  const verdict = policies.ask({
    principal: {
      id: actor.subject,
      roles: actor.roles,
      scopes: actor.scopes ?? [],
      hospital: actor.hospital,
      department: actor.department,
    },
    action,
    resource: resourceOf(request),
    context: {
      purposeOfUse: actor.purposeOfUse,
      treating,
      declared: declaredUntil !== null,
      objected,
      brokeGlass: breakGlassId !== null,
      own,
    },
  });
  const decided = { policies: verdict.policies, policyVersion: policies.version };
  if (verdict.permitted) {
    const basis = BASES.find(([policy]) => verdict.policies.includes(policy))?.[1] ?? 'POLICY';
    const restsOn = basis === BREAK_GLASS ? breakGlassId : null;
    return { permitted: true, code: basis, problem: null, ...decided, breakGlassId: restsOn };
  }
  const problem = refusalOf(actor, action, verdict.policies);
  return { permitted: false, code: problem.code, problem, ...decided, breakGlassId: null };
}

function resourceOf({ personId, studyInstanceUid, ownerHospital }: Omit<AccessRequest, 'action'>): PolicyResource {
  if (studyInstanceUid !== null) return { type: 'Study', id: studyInstanceUid, ownerHospital };
  return personId === null ? { type: 'Province' } : { type: 'Person', id: personId };
}

function refusalOf(actor: Actor, action: PolicyQuestion['action'], forbidding: readonly string[]): ProblemType {
  if (forbidding.includes('patient-objects')) return accessProblems.PATIENT_OBJECTS;
  if (!actor.roles.includes('clinician') || action === 'audit.search') return accessProblems.ACCESS_DENIED;
  if (!['TREAT', 'ETREAT'].includes(actor.purposeOfUse)) return accessProblems.PURPOSE_NOT_ALLOWED;
  return accessProblems.ACCESS_REASON_NEEDED;
}
