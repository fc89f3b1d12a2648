import { type PersonPrincipal, type Principal, ProblemError, platformProblems } from '@yinglian/platform';
import { staffOf } from '../find-persons/asking-for.js';

/** Whom the whole province's settings concern: its stewards and its own administrators, not those of one hospital. */
export function tunerOf(caller: Principal): PersonPrincipal {
  const staff = staffOf(caller);
  if (!staff.roles.includes('steward') && staff.hospital !== null)
    throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
  return staff;
}

/** Who may make settings hold. */
export function administratorOf(caller: Principal): PersonPrincipal {
  const staff = staffOf(caller);
  if (staff.hospital !== null) throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
  return staff;
}
