import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { DisposalSettings } from '../dispose-of-studies/disposal-settings.js';
import type { Disposal } from '../domain/disposal.js';
import { dayOf, type RetentionRule } from '../domain/retention-rule.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { type AgedPage, type AgedStudy, RetentionStore } from '../storage/retention.store.js';
import { aboutDecisions } from '../withdraw-studies/about-decisions.js';

export interface ProposedStudy extends Omit<AgedStudy, 'isHeld'> {
  /** The one that is under way. */
  readonly disposal: Pick<Disposal, 'disposalId' | 'state'> | null;
}

export interface ProposedDisposals {
  readonly hospital: string;
  /** YYYY-MM-DD. */
  readonly computedFor: string;
  /** By which it was computed. */
  readonly rules: readonly RetentionRule[];
  readonly proposals: readonly ProposedStudy[];
  /** Old enough, and kept by a legal hold alone; on this page. */
  readonly held: number;
  readonly heldStudies: readonly Omit<AgedStudy, 'isHeld'>[];
  readonly next: AgedPage['after'];
  /** Between the registration of a disposal and the destruction. */
  readonly graceDays: number;
}

/** What a hospital could dispose of. Looking is recorded like any search for identities. */
@Injectable()
export class ProposeDisposalsHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly settings: DisposalSettings,
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
    const underWay = await new DisposalStore(this.database).underWayOf(due.map((study) => study.studyInstanceUid));
    const ofHold = (wanted: boolean) => due.flatMap(({ isHeld, ...study }) => (isHeld === wanted ? [study] : []));
    const heldStudies = ofHold(true);
    const last = aged.length > limit ? page.at(-1) : undefined;
    return success({
      hospital,
      computedFor: today,
      rules,
      proposals: ofHold(false).map((study) => ({
        ...study,
        disposal: underWay.get(study.studyInstanceUid) ?? null,
      })),
      held: heldStudies.length,
      heldStudies,
      next: last === undefined ? null : { studyDate: last.studyDate, studyInstanceUid: last.studyInstanceUid },
      graceDays: this.settings.graceDays,
    });
  }
}
