import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { dayOf, type RetentionRule } from '../domain/retention-rule.js';
import { type AgedPage, type AgedStudy, RetentionStore } from '../storage/retention.store.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';

export interface ProposedDisposals {
  readonly hospital: string;
  /** YYYY-MM-DD. */
  readonly computedFor: string;
  /** By which it was computed. */
  readonly rules: readonly RetentionRule[];
  readonly proposals: readonly Omit<AgedStudy, 'isHeld'>[];
  /** Old enough, and kept by a legal hold alone; on this page. */
  readonly held: number;
  readonly next: AgedPage['after'];
}

/** What a hospital could dispose of. Looking is recorded like any search for identities. */
@Injectable()
export class ProposeDisposalsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** Failures: the refusal's 403; INVALID_REQUEST where a steward of the commission names no hospital; ACCESS_DENIED for another hospital's. */
  async execute(
    { hospital: asked, limit, after }: Pick<AgedPage, 'limit' | 'after'> & { readonly hospital: string | null },
    steward: PersonPrincipal,
    now: Date,
  ): Promise<Result<ProposedDisposals>> {
    const decided = await this.access.authorize(aboutDecisions(steward, null), { query: ['disposal-proposals'] });
    if (!decided.ok) return decided;
    const hospital = asked ?? steward.hospital;
    if (hospital === null) return failure(platformProblems.INVALID_REQUEST, 'Name the hospital');
    if (steward.hospital !== null && steward.hospital !== hospital) return failure(platformProblems.ROLE_NOT_ALLOWED);
    const today = dayOf(now);
    const store = new RetentionStore(this.database);
    const [rules, aged] = await Promise.all([
      store.rules(today),
      store.aged({ hospital, today, limit: limit + 1, after }),
    ]);
    const page = aged.slice(0, limit);
    const due = page.filter(({ retainUntil }) => retainUntil < today);
    const last = aged.length > limit ? page.at(-1) : undefined;
    return success({
      hospital,
      computedFor: today,
      rules,
      proposals: due.flatMap(({ isHeld, ...study }) => (isHeld ? [] : [study])),
      held: due.filter(({ isHeld }) => isHeld).length,
      next: last === undefined ? null : { studyDate: last.studyDate, studyInstanceUid: last.studyInstanceUid },
    });
  }
}
