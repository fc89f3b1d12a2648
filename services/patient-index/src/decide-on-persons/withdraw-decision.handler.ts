import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { reopenConflicts } from '../storage/conflict.store.js';
import * as decisions from '../storage/decision.store.js';
import { KeepApart } from './keep-apart.js';
import { decisionObject, makerOf } from './maker-of.js';
import { RejoinByNumbers } from './rejoin-by-numbers.js';
import { Restand } from './restand.js';

/**
 * Takes a decision back: everything is as if it had never been made, whatever came between. Whom a rule or a hospital had joined are kept
 * apart from then on.
 */
@Injectable()
export class WithdrawDecisionHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly restand: Restand,
    private readonly rejoin: RejoinByNumbers,
    private readonly keepApart: KeepApart,
  ) {}

  execute(
    decisionId: string,
    note: string,
    steward: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ decisionId: string }>> {
    return this.database.transaction(async (tx) => {
      const decision = await decisions.decisionToWithdraw(tx, decisionId);
      if (decision === undefined) return failure(problems.DECISION_NOT_FOUND);
      if (decision.withdrawnAt !== null) return failure(problems.DECISION_ALREADY_WITHDRAWN);
      const maker = makerOf(steward, note);
      const concerned = await this.withdraw(tx, decisionId, maker, now);
      if (decision.kind === 'merge' && decision.reason !== 'STEWARD') await this.insist(tx, decisionId, maker, now);
      for (const personId of concerned) await this.rejoin.execute(tx, personId, now);
      // Of several whom it was about, always the same one.
      const [personId = null] = concerned.toSorted();
      const deed = { action: 'decision.withdraw', personId, code: decision.kind } as const;
      const record = deedBy(steward, { ...deed, object: decisionObject(decisionId) }, now);
      await this.outbox.add(tx, DeedRecordedV1, record);
      return success({ decisionId });
    });
  }

  /** The rule or the hospital would say the same again. */
  private async insist(tx: Sql, decisionId: string, maker: decisions.Maker, now: Date): Promise<void> {
    const [oneId, otherId] = (await decisions.detailsOf(tx, [decisionId])).get(decisionId)?.personIds ?? [];
    if (oneId !== undefined && otherId !== undefined) await this.keepApart.execute(tx, oneId, otherId, maker, now);
  }

  private async withdraw(tx: Sql, decisionId: string, maker: decisions.Maker, now: Date): Promise<string[]> {
    const concerned = await decisions.personsOf(tx, decisionId);
    const joined = await this.restand.around(tx, concerned, 'STEWARD', now, async () => {
      await decisions.markWithdrawn(tx, decisionId, maker, now);
      const moved = await decisions.patientsMoved(tx, decisionId);
      if (moved.length === 0) return [];
      await decisions.settleHomes(tx, moved);
      return decisions.withdrawRulesAboutNobody(tx, concerned, now);
    });
    await reopenConflicts(tx, decisionId);
    return [...new Set([...concerned, ...joined])];
  }
}
