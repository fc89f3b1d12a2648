import type { AccessAction, PurposeOfUse, Role } from '@yinglian/contracts';
import type { PersonPrincipal, ProblemType } from '@yinglian/platform';
import { accessProblems } from '../access.errors.js';
import type { Policies } from './policies.js';

/** Who asks, as the token says. */
export interface Actor {
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly sessionId: string;
  readonly purposeOfUse: PurposeOfUse;
}

/** The actor that a verified token describes. */
export const actorOf = ({
  subject,
  displayName,
  roles,
  hospital,
  sessionId,
  purposeOfUse,
}: PersonPrincipal): Actor => ({
  subject,
  displayName,
  roles,
  hospital,
  sessionId,
  purposeOfUse,
});

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
  readonly declared: boolean;
  readonly objected: boolean;
}

export interface Decision {
  readonly permitted: boolean;
  /** The basis of a permit, or the problem code of a refusal. */
  readonly code: string;
  /** Set when refused. */
  readonly problem: ProblemType | null;
  readonly policies: readonly string[];
  readonly policyVersion: string;
}

const BASES: readonly (readonly [policy: string, basis: string])[] = [
  ['home-hospital-opens', 'HOME_HOSPITAL'],
  ['treating-hospital-opens', 'TREATING_HOSPITAL'],
  ['declared-relationship-opens', 'DECLARED_RELATIONSHIP'],
  ['clinician-finds-for-treatment', 'TREATMENT'],
  ['steward-keeps-identities', 'STEWARD_DUTY'],
  ['auditor-reads-the-log', 'AUDIT_DUTY'],
];

/** The one decision: the same question and facts give the same answer everywhere. */
export function decide(policies: Policies, request: AccessRequest, facts: AccessFacts): Decision {
  const { actor, action, ownerHospital } = request;
  const home = actor.hospital !== null && actor.hospital === ownerHospital;
  const verdict = policies.ask({
    subject: actor.subject,
    roles: actor.roles,
    hospital: actor.hospital ?? '',
    action,
    facts: { purposeOfUse: actor.purposeOfUse, home, ...facts },
  });
  const decided = { policies: verdict.policies, policyVersion: policies.version };
  if (verdict.permitted) {
    const basis = BASES.find(([policy]) => verdict.policies.includes(policy))?.[1] ?? 'POLICY';
    return { permitted: true, code: basis, problem: null, ...decided };
  }
  const problem = refusalOf(request, verdict.policies);
  return { permitted: false, code: problem.code, problem, ...decided };
}

function refusalOf({ actor, action }: AccessRequest, forbidding: readonly string[]): ProblemType {
  if (forbidding.includes('patient-objects')) return accessProblems.PATIENT_OBJECTS;
  if (!actor.roles.includes('clinician') || action === 'audit.search') return accessProblems.ACCESS_DENIED;
  if (!['TREAT', 'ETREAT'].includes(actor.purposeOfUse)) return accessProblems.PURPOSE_NOT_ALLOWED;
  return accessProblems.ACCESS_REASON_NEEDED;
}
