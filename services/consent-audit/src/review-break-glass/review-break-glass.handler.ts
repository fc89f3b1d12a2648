import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, type AccessRequest, actorOf } from '@yinglian/access';
import { BreakGlassReviewedV1, type BreakGlassVerdict } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { deedOf } from '../break-glass/deed-of.js';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { type BrokenGlass, findGlass, glassToChange } from '../storage/break-glass.store.js';
import { breakGlassPage, type GlassFilter, insertReview, type Review, reviewsOf } from '../storage/break-glass-page.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

export interface Verdict {
  readonly verdict: BreakGlassVerdict;
  readonly note: string;
}

/** Auditors look at what was opened in emergencies, and say what they find. Each look is decided and recorded. */
@Injectable()
export class ReviewBreakGlassHandler {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly outbox: Outbox,
  ) {}

  /** Failure: the refusal's 403. */
  async list(caller: PersonPrincipal, filter: GlassFilter): Promise<Result<BrokenGlass[]>> {
    const decided = await this.access.authorize(about(caller, null), { query: ['breakGlass', filter.list] });
    return decided.ok ? success(await breakGlassPage(this.database, filter)) : decided;
  }

  /** Failures: the refusal's 403; BREAK_GLASS_NOT_FOUND. */
  async show(
    caller: PersonPrincipal,
    breakGlassId: string,
  ): Promise<Result<{ glass: BrokenGlass; reviews: Review[] }>> {
    const glass = await findGlass(this.database, breakGlassId);
    const asked = about(caller, glass?.personId ?? null);
    const decided = await this.access.authorize(asked, { query: ['breakGlass'] });
    if (!decided.ok) return decided;
    if (glass === undefined) return failure(consentAuditProblems.BREAK_GLASS_NOT_FOUND);
    return success({ glass, reviews: await reviewsOf(this.database, breakGlassId) });
  }

  /**
   * Adds a verdict; those before it stay. Failures: the refusal's 403; BREAK_GLASS_NOT_FOUND; REVIEW_OF_OWN; BREAK_GLASS_LASTS while more may
   * be looked at under it.
   */
  async review(caller: PersonPrincipal, breakGlassId: string, { verdict, note }: Verdict): Promise<Result<Review>> {
    const known = await findGlass(this.database, breakGlassId);
    const asked = about(caller, known?.personId ?? null);
    const decided = await this.access.authorize(asked, { query: ['reviewBreakGlass'] });
    if (!decided.ok) return decided;
    const now = new Date();
    return this.database.transaction(async (tx): Promise<Result<Review>> => {
      const glass = await glassToChange(tx, breakGlassId);
      if (glass === undefined) return failure(consentAuditProblems.BREAK_GLASS_NOT_FOUND);
      if (glass.subject === caller.subject) return failure(consentAuditProblems.REVIEW_OF_OWN);
      if ((glass.closedAt ?? glass.expiresAt) > now) return failure(consentAuditProblems.BREAK_GLASS_LASTS);
      const { subject: reviewedBy, displayName } = caller;
      const review = { reviewId: randomUUID(), verdict, note, reviewedBy, displayName, reviewedAt: now };
      await insertReview(tx, breakGlassId, review);
      const { personId } = glass;
      const told = { breakGlassId, personId, reviewId: review.reviewId, verdict, reviewedBy };
      await this.outbox.add(tx, BreakGlassReviewedV1, { ...told, reviewedAt: now.toISOString() });
      await keepOwnDeed(tx, deedBy(caller, deedOf('break-glass.review', glass, verdict), now));
      return success(review);
    });
  }
}

const about = (caller: PersonPrincipal, personId: string | null): AccessRequest => ({
  actor: actorOf(caller),
  action: 'audit.search',
  personId,
  studyInstanceUid: null,
  ownerHospital: null,
});
