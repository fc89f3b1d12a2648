import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { type PersonPrincipal, type Result, success } from '@yinglian/platform';
import type { Disposal } from '../domain/disposal.js';
import { type DisposalPage, DisposalStore } from '../storage/disposal.store.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';

/** What was given up and destroyed: of the steward's hospital, or of all for one of the commission. */
@Injectable()
export class ShowDisposalsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Newest first. Failures: the refusal's 403. */
  async list(page: DisposalPage, caller: PersonPrincipal): Promise<Result<Disposal[]>> {
    const decided = await this.access.authorize(aboutDecisions(caller, null), { query: ['disposals'] });
    if (!decided.ok) return decided;
    if (caller.hospital !== null && page.hospital !== null && page.hospital !== caller.hospital) return success([]);
    return success(
      await new DisposalStore(this.database).list({ ...page, hospital: caller.hospital ?? page.hospital }),
    );
  }
}
