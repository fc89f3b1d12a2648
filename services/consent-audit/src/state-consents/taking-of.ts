import { personGroup } from '@yinglian/access';
import type { Sql } from '@yinglian/persistence';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { z } from 'zod';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { GuardianProof, Identity, StatedBy, type Taking } from '../domain/statement.js';
import { linksOfAccount } from '../storage/account-link.store.js';

/** What a clerk says of who stands before them; a patient's account says it by itself. */
export const AtDesk = z.object({ by: StatedBy.exactOptional(), identity: Identity.exactOptional() });
export type AtDesk = z.output<typeof AtDesk>;

/** Whose word it is and how that is known. Failures: a clerk has not said it, or the account does not stand for the person. */
export async function takingOf(
  sql: Sql,
  caller: PersonPrincipal,
  personId: string,
  { by, identity }: AtDesk,
  now: Date,
): Promise<Result<Taking>> {
  const { subject: recordedBy, hospital, roles } = caller;
  if (!roles.includes('patient')) {
    if (identity === undefined) return failure(consentAuditProblems.IDENTITY_NEEDED);
    return success({ by: by ?? { kind: 'patient' }, identity, recordedBy, hospital });
  }
  const group = await personGroup(sql, personId);
  const link = (await linksOfAccount(sql, recordedBy, now)).find((one) => group.includes(one.personId));
  if (link === undefined) return failure(platformProblems.ROLE_NOT_ALLOWED);
  const own = { identity: 'account' as const, recordedBy, hospital };
  if (link.standing === 'self') return success({ ...own, by: { kind: 'patient' } });
  return success({ ...own, by: { kind: 'guardian', proof: GuardianProof.parse(link.proof) } });
}
