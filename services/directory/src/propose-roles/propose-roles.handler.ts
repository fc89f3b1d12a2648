import { Injectable } from '@nestjs/common';
import { dutiesAreApart } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { answersFor, grantsPower } from '../domain/duties.js';
import type { RoleProposal } from '../domain/role-proposal.js';
import { positionIsPossible, type Staff } from '../domain/staff.js';
import type { ActingPerson } from '../manage-staff/acting-person.js';
import { refusedProblem } from '../manage-staff/staff-outcome.js';
import { expireProposals, waitingProposal } from '../storage/role-proposal.store.js';
import { staffToChange } from '../storage/staff.store.js';
import { proposePosition } from './propose-position.js';
import type { ProposedPosition } from './role-proposal-input.js';

/** An administrator asks for what an account may do more than before, or elsewhere, or again. */
@Injectable()
export class ProposeRolesHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(username: string, proposed: ProposedPosition, acting: ActingPerson, now: Date) {
    if (acting.by === username) return failure(directoryProblems.SECOND_PERSON_NEEDED);
    await expireProposals(this.database, now);
    try {
      return await this.database.transaction((tx) => this.propose(tx, username, proposed, acting, now));
    } catch (error) {
      const problem = refusedProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
  }

  private async propose(
    tx: Sql,
    username: string,
    { version, reason, ...changed }: ProposedPosition,
    acting: ActingPerson,
    now: Date,
  ): Promise<Result<RoleProposal>> {
    // A proposal is locked before its account, as who decides on it does.
    const waiting = await waitingProposal(tx, username);
    const before = await staffToChange(tx, username);
    if (before === undefined || !answersFor(acting, before.hospital)) return failure(directoryProblems.STAFF_NOT_FOUND);
    if (waiting !== undefined) return failure(directoryProblems.ROLE_PROPOSAL_WAITS);
    if (before.version !== version) return failure(directoryProblems.VERSION_CONFLICT);
    const after: Staff = { ...before, ...changed, active: true };
    if (!answersFor(acting, after.hospital)) return failure(directoryProblems.OF_ANOTHER_HOSPITAL);
    if (!dutiesAreApart(after.roles)) return failure(directoryProblems.DUTIES_NOT_APART);
    if (!positionIsPossible(after)) return failure(directoryProblems.STAFF_ROLES_INVALID);
    if (!grantsPower(before, after)) return failure(directoryProblems.NOTHING_TO_APPROVE);
    return success(await proposePosition(tx, this.outbox, before, { ...after, reason }, acting, now));
  }
}
