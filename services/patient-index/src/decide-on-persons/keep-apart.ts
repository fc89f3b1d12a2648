import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import { addDecision, addSeparation, type Maker } from '../storage/decision.store.js';
import { lockGroupsOf } from '../storage/person.store.js';
import { groupOf } from './merge-persons.js';

/** Finds that two persons are not the same: no rule, hospital or program joins them while it stands. */
@Injectable()
export class KeepApart {
  /** Resolves to the decision's id. */
  async execute(tx: Sql, oneId: string, otherId: string, maker: Maker, at: Date): Promise<Result<string>> {
    const groups = await lockGroupsOf(tx, [oneId, otherId]);
    if (groupOf(groups, oneId).includes(otherId)) return failure(patientIndexProblems.PERSONS_ALREADY_ONE);
    const decisionId = await addDecision(tx, 'keep-apart', maker, at);
    await addSeparation(tx, decisionId, oneId, otherId);
    return success(decisionId);
  }
}
