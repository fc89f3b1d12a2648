import { Injectable } from '@nestjs/common';
import { BreakGlassClosedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { noticeOfEnd } from '../send-notices/send-notices.js';
import { type BrokenGlass, endByOpener, endByTime, findGlass } from '../storage/break-glass.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { deedOf } from './deed-of.js';

/** Ends broken glass, by its opener or by its time, and lets the patient know that there was any (个人信息保护法, article 18). */
@Injectable()
export class EndBreakGlassHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Resolves when the event is in the log. What has ended already stays as it ended. Failure: BREAK_GLASS_NOT_FOUND. */
  async execute(breakGlassId: string, opener: PersonPrincipal): Promise<Result<{ closedAt: Date }>> {
    const glass = await findGlass(this.database, breakGlassId);
    if (glass?.subject !== opener.subject) return failure(consentAuditProblems.BREAK_GLASS_NOT_FOUND);
    const ended = await this.database.transaction(async (tx) => {
      const closed = await endByOpener(tx, breakGlassId, new Date());
      if (closed !== undefined) await this.tell(tx, closed, opener);
      return closed;
    });
    await this.outbox.flushed();
    const { closedAt, expiresAt } = ended ?? (await findGlass(this.database, breakGlassId)) ?? glass;
    return success({ closedAt: closedAt ?? expiresAt });
  }

  /** Those whose time is over, some at once; how many. */
  endWhatIsOver(now: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const closed = await endByTime(tx, now);
      for (const glass of closed) await this.tell(tx, glass, null);
      return closed.length;
    });
  }

  private async tell(tx: Sql, glass: BrokenGlass, doer: Doer): Promise<void> {
    const { breakGlassId, personId, subject, closedAt, closedBy, expiresAt } = glass;
    await noticeOfEnd(tx, glass);
    const cause = closedBy ?? 'time';
    const at = closedAt ?? expiresAt;
    await this.outbox.add(tx, BreakGlassClosedV1, {
      breakGlassId,
      personId,
      subject,
      cause,
      closedAt: at.toISOString(),
    });
    await keepOwnDeed(tx, deedBy(doer, deedOf('break-glass.end', glass, cause), at));
  }
}
