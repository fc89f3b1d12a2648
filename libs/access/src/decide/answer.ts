import type { ProblemType } from '@yinglian/platform';
import { accessProblems } from '../access.errors.js';
import type { Policies, PolicyQuestion } from './policies.js';

/** The basis of a permit that nothing but broken glass gives. */
export const BREAK_GLASS = 'BREAK_GLASS';

/** The basis of a patient who reads of themselves. */
export const OWN_RECORD = 'OWN_RECORD';

export interface Answer {
  readonly permitted: boolean;
  /** The basis of a permit, or the problem code of a refusal. */
  readonly code: string;
  /** Set when refused. */
  readonly problem: ProblemType | null;
  /** Ids of the policies that decided. */
  readonly policies: readonly string[];
  readonly policyVersion: string;
}

/** The strongest basis first: a decision that several policies permit is recorded with the first of them. */
const BASES: readonly (readonly [policy: string, basis: string])[] = [
  ['clinician-opens-at-home', 'HOME_HOSPITAL'],
  // Before what an objection would stand above.
  ['clinician-breaks-glass', BREAK_GLASS],
  ['clinician-opens-during-a-visit', 'VISIT'],
  ['clinician-opens-when-ordered', 'ORDERED_EXAM'],
  ['clinician-opens-when-referred', 'REFERRAL'],
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

/** What the policies say to a question, and why in a word. The same question to the same policies has the same answer everywhere. */
export function answerOf(policies: Policies, question: PolicyQuestion): Answer {
  const verdict = policies.ask(question);
  const decided = { policies: verdict.policies, policyVersion: policies.version };
  if (verdict.permitted) {
    const basis = BASES.find(([policy]) => verdict.policies.includes(policy))?.[1] ?? 'POLICY';
    return { permitted: true, code: basis, problem: null, ...decided };
  }
  const problem = refusalOf(question, verdict.policies);
  return { permitted: false, code: problem.code, problem, ...decided };
}

function refusalOf({ principal, action, context }: PolicyQuestion, forbidding: readonly string[]): ProblemType {
  if (forbidding.includes('patient-objects')) return accessProblems.PATIENT_OBJECTS;
  if (forbidding.includes('very-restricted-needs-second-factor')) return accessProblems.STUDY_VERY_RESTRICTED;
  // One that the province signed, and that the code does not know.
  if (forbidding.length > 0) return accessProblems.POLICY_FORBIDS;
  if (!principal.roles.includes('clinician') || action === 'audit.search') return accessProblems.ACCESS_DENIED;
  if (!['TREAT', 'ETREAT'].includes(context.purposeOfUse)) return accessProblems.PURPOSE_NOT_ALLOWED;
  return accessProblems.ACCESS_REASON_NEEDED;
}
