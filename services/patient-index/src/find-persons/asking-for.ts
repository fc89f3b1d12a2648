import { type AccessRequest, actorOf } from '@yinglian/access';
import { isPerson, type PersonPrincipal, type Principal, ProblemError, platformProblems } from '@yinglian/platform';

/** The question to the decision point about persons. */
export const askingFor = (
  action: 'person.search' | 'person.read',
  caller: Principal,
  personId: string | null,
): AccessRequest => ({
  actor: actorOf(staffOf(caller)),
  action,
  personId,
  studyInstanceUid: null,
  ownerHospital: null,
});

/** The person who asks. Programs have no business with patients' identities. */
export function staffOf(caller: Principal): PersonPrincipal {
  if (!isPerson(caller)) throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
  return caller;
}
