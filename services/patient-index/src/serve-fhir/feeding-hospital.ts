import { isService, type Principal, ProblemError, platformProblems } from '@yinglian/platform';

/** The hospital whose patients the client may feed: the one that its token is bound to. */
export function feedingHospital(caller: Principal): string {
  if (!isService(caller) || caller.hospital === null) throw new ProblemError(platformProblems.ROLE_NOT_ALLOWED);
  return caller.hospital;
}
