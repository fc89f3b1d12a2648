import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf, type Decision } from '@yinglian/access';
import type { PersonPrincipal, Result } from '@yinglian/platform';

/** Cases are the auditors': to the decision point, what they do there is a look at the log, decided and recorded. */
@Injectable()
export class CaseAccess {
  constructor(private readonly access: AccessDecisionPoint) {}

  decide(caller: PersonPrincipal, personId: string | null, what: string): Promise<Result<Decision>> {
    const asked = { personId, studyInstanceUid: null, ownerHospital: null };
    return this.access.authorize({ actor: actorOf(caller), action: 'audit.search', ...asked }, { query: [what] });
  }
}
