import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, StaffChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { leavesEmpty } from '../domain/duties.js';
import { objectionToDeciding, objectionToEffect, type RoleProposal } from '../domain/role-proposal.js';
import { concernsOthers, type Staff } from '../domain/staff.js';
import type { ActingPerson } from '../manage-staff/acting-person.js';
import { LAST_OF_OFFICE, refusedProblem, staffEvent } from '../manage-staff/staff-outcome.js';
import { proposalToDecide, settleProposal } from '../storage/role-proposal.store.js';
import { lockOffices, staffInvolved, updateStaff } from '../storage/staff.store.js';
import { proposalProblem } from './proposal-problem.js';
import { deedOnProposal } from './propose-position.js';

const DEEDS = { approved: 'roles.approve', refused: 'roles.refuse', withdrawn: 'roles.withdraw' } as const;

/** A second person approves what an administrator proposed, or refuses it; or who proposed it takes it back. */
@Injectable()
export class DecideOnRolesHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** The account as it is from now on. The caller has proved their second factor. */
  async approve(proposalId: number, acting: ActingPerson, now: Date): Promise<Result<Staff>> {
    try {
      return await this.database.transaction(async (tx) => {
        const proposal = await this.toDecide(tx, proposalId, acting, now);
        if (!proposal.ok) return proposal;
        const granted = await this.grant(tx, proposal.value, acting, now);
        if (granted.ok) await this.settle(tx, proposal.value, { state: 'approved', acting, now, note: null });
        return granted;
      });
    } catch (error) {
      const problem = refusedProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
  }

  refuse(proposalId: number, note: string, acting: ActingPerson, now: Date): Promise<Result<void>> {
    return this.database.transaction(async (tx) => {
      const proposal = await this.toDecide(tx, proposalId, acting, now);
      if (!proposal.ok) return proposal;
      return this.settle(tx, proposal.value, { state: 'refused', acting, now, note });
    });
  }

  withdraw(proposalId: number, acting: ActingPerson, now: Date): Promise<Result<void>> {
    return this.database.transaction(async (tx) => {
      const proposal = await proposalToDecide(tx, proposalId);
      if (proposal?.proposedBy !== acting.by) return failure(directoryProblems.ROLE_PROPOSAL_NOT_FOUND);
      if (proposal.state !== 'waiting') return failure(directoryProblems.ROLE_PROPOSAL_SETTLED);
      return this.settle(tx, proposal, { state: 'withdrawn', acting, now, note: null });
    });
  }

  private async toDecide(tx: Sql, proposalId: number, acting: ActingPerson, now: Date): Promise<Result<RoleProposal>> {
    const proposal = await proposalToDecide(tx, proposalId);
    if (proposal === undefined) return failure(directoryProblems.ROLE_PROPOSAL_NOT_FOUND);
    const objection = objectionToDeciding(proposal, acting, now);
    return objection === undefined ? success(proposal) : failure(proposalProblem(objection));
  }

  private async grant(tx: Sql, proposal: RoleProposal, acting: ActingPerson, now: Date): Promise<Result<Staff>> {
    const { account: username, roles, hospital, department, proposedBy } = proposal;
    const officers = await lockOffices(tx, username);
    const involved = await staffInvolved(tx, [username, acting.by, proposedBy]);
    const account = involved.get(username);
    const [approver, proposer] = [involved.get(acting.by), involved.get(proposedBy)];
    const objection = objectionToEffect(proposal, { account, approver, proposer });
    if (account === undefined || objection !== undefined) {
      return failure(proposalProblem(objection ?? 'ROLE_PROPOSAL_OUTDATED'));
    }
    const after: Staff = {
      ...account,
      roles,
      hospital,
      department,
      active: true,
      version: account.version + 1,
      changedAt: now,
    };
    const empty = leavesEmpty(account, after, officers);
    if (empty !== undefined) return failure(LAST_OF_OFFICE[empty]);
    await updateStaff(tx, after, acting.by);
    if (concernsOthers(account, after)) await this.outbox.add(tx, StaffChangedV1, staffEvent(after));
    return success(after);
  }

  private async settle(
    tx: Sql,
    proposal: RoleProposal,
    decision: { state: 'approved' | 'refused' | 'withdrawn'; acting: ActingPerson; now: Date; note: string | null },
  ): Promise<Result<void>> {
    const { state, acting, now, note } = decision;
    const settled = { state, decidedBy: acting.by, decidedAt: now, decisionNote: note };
    await settleProposal(tx, proposal.proposalId, settled);
    await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deedOnProposal(proposal, DEEDS[state]), now));
    return success(undefined);
  }
}
