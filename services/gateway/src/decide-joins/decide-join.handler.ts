import { Injectable } from '@nestjs/common';
import { failure, type Result, success } from '@yinglian/platform';
import { pageProblems } from '../gateway.errors.js';
import { Ledger } from '../ledger/ledger.js';
import { JoinDecisionStore } from '../storage/join-decision.store.js';

export interface DecideJoin {
  readonly studyInstanceUid: string;
  /** Null: none of them. */
  readonly examId: number | null;
  /** The account of who decides. */
  readonly by: string;
}

/** A person says which exam a study belongs to. It stands against whatever is computed later, until a person says otherwise. */
@Injectable()
export class DecideJoinHandler {
  private readonly decisions: JoinDecisionStore;

  constructor(private readonly ledger: Ledger) {
    this.decisions = new JoinDecisionStore(ledger);
  }

  /** Durable when it resolves; the exams follow within a second. Failures: JOIN_NOT_FOUND, JOIN_NOT_POSSIBLE. */
  async execute(asked: DecideJoin): Promise<Result<null>> {
    const decided = this.ledger.transaction(() => this.decide(asked));
    if (decided.ok) await this.ledger.durable();
    return decided;
  }

  private decide({ studyInstanceUid, examId, by }: DecideJoin): Result<null> {
    const study = this.decisions.decidable(studyInstanceUid);
    if (study === undefined) return failure(pageProblems.JOIN_NOT_FOUND);
    if (examId !== null && !study.candidates.includes(examId)) return failure(pageProblems.JOIN_NOT_POSSIBLE);
    this.decisions.decide(studyInstanceUid, examId, by, new Date().toISOString());
    return success(null);
  }
}
