import { Injectable } from '@nestjs/common';
import { BreakGlassClosedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { noticeOfEnd } from '../send-notices/send-notices.js';
import { type BrokenGlass, endByOpener, endByTime, findGlass } from '../storage/break-glass.store.js';

/** Ends broken glass, by its opener or by its time, and lets the patient know that there was any (个人信息保护法, article 18). */
@Injectable()
export class EndBreakGlassHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Resolves when the event is in the log. What has ended already stays as it ended. Failure: BREAK_GLASS_NOT_FOUND. */
  async execute(breakGlassId: string, { subject }: PersonPrincipal): Promise<Result<{ closedAt: Date }>> {
    const glass = await findGlass(this.database, breakGlassId);
    if (glass?.subject !== subject) return failure(consentAuditProblems.BREAK_GLASS_NOT_FOUND);
    const ended = await this.database.transaction(async (tx) => {
      const closed = await endByOpener(tx, breakGlassId, new Date());
      if (closed !== undefined) await this.tell(tx, closed);
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
      for (const glass of closed) await this.tell(tx, glass);
      return closed.length;
    });
  }

  private async tell(tx: Sql, glass: BrokenGlass): Promise<void> {
    const { breakGlassId, personId, subject, closedAt, closedBy, expiresAt } = glass;
    await noticeOfEnd(tx, glass);
    await this.outbox.add(tx, BreakGlassClosedV1, {
      breakGlassId,
      personId,
      subject,
      cause: closedBy ?? 'time',
      closedAt: (closedAt ?? expiresAt).toISOString(),
    });
  }
}
