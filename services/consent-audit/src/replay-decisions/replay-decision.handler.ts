import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type Answer, Policies, type Replayable, replay } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { policySet } from '../storage/policy-sets.store.js';
import { recordedDecision } from '../storage/recorded-decision.js';

type Decided = Pick<Answer, 'permitted' | 'code' | 'policies'>;

export interface ReplayedDecision {
  readonly policyVersion: string;
  readonly asked: Replayable;
  readonly recorded: Decided;
  readonly replayed: Decided;
  readonly isSame: boolean;
  /** The policies that decided, as they were then, by their ids. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Decides once more what is recorded, by the policies of that time. */
@Injectable()
export class ReplayDecisionHandler {
  constructor(private readonly database: Database) {}

  /** Failures: RECORD_NOT_FOUND, DECISION_NOT_REPLAYABLE for one that no policy decided, or from before facts were recorded. */
  async execute(accessId: string): Promise<Result<ReplayedDecision>> {
    const found = await recordedDecision(this.database, accessId);
    if (found === undefined) return failure(consentAuditProblems.RECORD_NOT_FOUND);
    const { policyVersion, recorded, asked } = found;
    const text = await policySet(this.database, policyVersion);
    const policies = text && Policies.of(text);
    const answer = policies && replay(policies, asked);
    if (policies === undefined || answer === undefined) return failure(consentAuditProblems.DECISION_NOT_REPLAYABLE);
    const { permitted, code, policies: ids } = answer;
    const replayed = { permitted, code, policies: ids };
    const isSame = isDeepStrictEqual(replayed, recorded);
    const texts = Object.fromEntries(ids.map((id) => [id, policies.textOf(id)]));
    return success({ policyVersion, asked, recorded, replayed, isSame, texts });
  }
}
