import { Injectable } from '@nestjs/common';
import { PoliciesAdoptedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, requireSecondFactor, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import {
  adoptedLast,
  decideProposal,
  findProposal,
  lockProposals,
  type Proposal,
} from '../storage/policy-proposals.store.js';
import { deedOnPolicies, versionInForce } from './propose-policies.handler.js';
import { readablePolicies } from './readable-policies.js';

export interface PoliciesDecision {
  readonly decision: 'sign' | 'refuse' | 'withdraw';
  readonly note: string;
}

/** Another security administrator signs what one has proposed, and every service decides by it; or refuses it. */
@Injectable()
export class DecideOnPoliciesHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Signing resolves when the event is in the log (ADR 0006). Failures: PROPOSAL_NOT_FOUND, PROPOSAL_DECIDED; PROPOSAL_OF_OWN, of
   * others for withdrawing PROPOSAL_OF_ANOTHER; for signing SECOND_FACTOR_NEEDED, POLICIES_CHANGED_MEANWHILE and those of a proposal.
   */
  async execute(proposalId: string, decided: PoliciesDecision, by: PersonPrincipal): Promise<Result<Proposal>> {
    const done = await this.database.transaction(async (tx): Promise<Result<Proposal>> => {
      await lockProposals(tx);
      const proposal = await findProposal(tx, proposalId);
      const allowed = await this.mayDecide(tx, proposal, decided.decision, by);
      if (!allowed.ok) return allowed;
      const now = new Date();
      await this.decide(tx, allowed.value, decided, by, now);
      await keepOwnDeed(tx, deedBy(by, deedOnPolicies(decided.decision, proposalId, allowed.value.version), now));
      return success((await findProposal(tx, proposalId)) ?? allowed.value);
    });
    if (done.ok) await this.outbox.flushed();
    return done;
  }

  private async mayDecide(
    tx: Sql,
    proposal: Proposal | undefined,
    decision: PoliciesDecision['decision'],
    by: PersonPrincipal,
  ): Promise<Result<Proposal>> {
    if (proposal === undefined) return failure(consentAuditProblems.PROPOSAL_NOT_FOUND);
    if (proposal.state !== 'waiting') return failure(consentAuditProblems.PROPOSAL_DECIDED);
    const isOwn = proposal.proposedBy === by.subject;
    if (decision === 'withdraw') return isOwn ? success(proposal) : failure(consentAuditProblems.PROPOSAL_OF_ANOTHER);
    if (isOwn) return failure(consentAuditProblems.PROPOSAL_OF_OWN);
    if (decision === 'refuse') return success(proposal);
    const proved = requireSecondFactor(by, new Date());
    if (!proved.ok) return proved;
    // By this release, which may be a later one.
    const readable = readablePolicies(proposal.files);
    if (!readable.ok) return readable;
    const unchanged = (await versionInForce(tx)) === proposal.basedOn;
    return unchanged ? success(proposal) : failure(consentAuditProblems.POLICIES_CHANGED_MEANWHILE);
  }

  private async decide(
    tx: Sql,
    { proposalId, version, files, proposedBy }: Proposal,
    { decision, note }: PoliciesDecision,
    by: PersonPrincipal,
    at: Date,
  ): Promise<void> {
    if (decision !== 'sign') {
      const state = decision === 'refuse' ? 'refused' : 'withdrawn';
      return decideProposal(tx, proposalId, { state, by, note, adoption: null, at });
    }
    const adoption = ((await adoptedLast(tx))?.adoption ?? 0) + 1;
    await decideProposal(tx, proposalId, { state: 'adopted', by, note, adoption, at });
    const adopted = { adoption, version, files, adoptedAt: at.toISOString(), proposedBy, signedBy: by.subject };
    await this.outbox.add(tx, PoliciesAdoptedV1, adopted);
  }
}
