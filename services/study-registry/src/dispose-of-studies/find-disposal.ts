import type { AccessDecisionPoint } from '@yinglian/access';
import type { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import type { Disposal } from '../domain/disposal.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { StudyStore } from '../storage/study.store.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';
import { disposalProblems as problems } from './dispose-of-studies.errors.js';

/**
 * One disposal for a steward who may see it, recorded as what it is asked for; to another hospital's steward it is one that is not
 * there. Failures: the refusal's 403; DISPOSAL_NOT_FOUND.
 */
export async function findDisposal(
  { access, database }: { readonly access: AccessDecisionPoint; readonly database: Database },
  disposalId: number,
  steward: PersonPrincipal,
  what: string,
): Promise<Result<Disposal>> {
  const disposal = await new DisposalStore(database).find(disposalId);
  const uid = disposal?.studyInstanceUid ?? null;
  const study = uid === null ? undefined : await new StudyStore(database).find(uid);
  const decided = await access.authorize(aboutDecisions(steward, uid, study), { query: [what] });
  if (!decided.ok) return decided;
  const isTheirs = steward.hospital === null || steward.hospital === disposal?.hospital;
  return disposal === undefined || !isTheirs ? failure(problems.DISPOSAL_NOT_FOUND) : success(disposal);
}
