import { Injectable } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { reopenConflicts } from '../storage/conflict.store.js';
import * as decisions from '../storage/decision.store.js';
import { makerOf } from './maker-of.js';
import { Restand } from './restand.js';

/** Takes a decision back: everything is as if it had never been made, whatever came between. */
@Injectable()
export class WithdrawDecisionHandler {
  constructor(
    private readonly database: Database,
    private readonly restand: Restand,
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
      await this.withdraw(tx, decisionId, makerOf(steward, note), now);
      return success({ decisionId });
    });
  }

  private async withdraw(tx: Sql, decisionId: string, maker: decisions.Maker, now: Date): Promise<void> {
    const concerned = await decisions.personsOf(tx, decisionId);
    await this.restand.around(tx, concerned, 'STEWARD', now, async () => {
      await decisions.markWithdrawn(tx, decisionId, maker, now);
      const moved = await decisions.patientsMoved(tx, decisionId);
      if (moved.length > 0) await decisions.settleHomes(tx, moved);
    });
    await reopenConflicts(tx, decisionId);
  }
}
