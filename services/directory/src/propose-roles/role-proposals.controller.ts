import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { Username } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, requireSecondFactor, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { presentStaff } from '../domain/staff.js';
import { actingPerson } from '../manage-staff/acting-person.js';
import { listProposals } from '../storage/role-proposal.store.js';
import { DecideOnRolesHandler } from './decide-on-roles.handler.js';
import { presentListed, presentProposal } from './present-proposal.js';
import { ProposeRolesHandler } from './propose-roles.handler.js';
import { ProposalId, ProposalSearch, ProposedPosition, Refusal } from './role-proposal-input.js';

/** Who may do more needs two people: an administrator proposes it, a security administrator approves it (ADR 0059). */
@Controller('api/directory')
export class RoleProposalsController {
  constructor(
    private readonly database: Database,
    private readonly proposeRoles: ProposeRolesHandler,
    private readonly decideOnRoles: DecideOnRolesHandler,
  ) {}

  /** Roles, a workplace, or being let in again. What is not named stays. */
  @Post('staff/:username/role-proposals')
  @Allow({ roles: ['administrator'] })
  async propose(
    @Param('username', { schema: Username }) username: string,
    @Body({ schema: ProposedPosition }) proposed: ProposedPosition,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const acting = actingPerson(caller, request);
    return presentProposal(unwrap(await this.proposeRoles.execute(username, proposed, acting, new Date())));
  }

  /** One page of those of the caller's hospital, or of all for the commission's; `nextCursor` is null on the last. */
  @Get('role-proposals')
  @Allow({ roles: ['administrator', 'security-administrator'] })
  async list(
    @Query({ schema: ProposalSearch }) { list, limit, cursor }: ProposalSearch,
    @CallingPerson() { hospital }: PersonPrincipal,
  ) {
    const found = await listProposals(this.database, { list, hospital, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      proposals: page.map(presentListed),
      nextCursor: found.length > limit ? (page.at(-1)?.proposalId ?? null) : null,
    };
  }

  /** The account as it is from now on. 403 SECOND_FACTOR_NEEDED unless the second factor was proved within the last five minutes. */
  @Post('role-proposals/:proposalId/approval')
  @HttpCode(200)
  @Allow({ roles: ['security-administrator'] })
  async approve(
    @Param('proposalId', { schema: ProposalId }) proposalId: number,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const now = new Date();
    unwrap(requireSecondFactor(caller, now));
    return presentStaff(unwrap(await this.decideOnRoles.approve(proposalId, actingPerson(caller, request), now)));
  }

  @Post('role-proposals/:proposalId/refusal')
  @HttpCode(204)
  @Allow({ roles: ['security-administrator'] })
  async refuse(
    @Param('proposalId', { schema: ProposalId }) proposalId: number,
    @Body({ schema: Refusal }) { reason }: Refusal,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    unwrap(await this.decideOnRoles.refuse(proposalId, reason, actingPerson(caller, request), new Date()));
  }

  /** Only who proposed it takes it back. */
  @Post('role-proposals/:proposalId/withdrawal')
  @HttpCode(204)
  @Allow({ roles: ['administrator'] })
  async withdraw(
    @Param('proposalId', { schema: ProposalId }) proposalId: number,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    unwrap(await this.decideOnRoles.withdraw(proposalId, actingPerson(caller, request), new Date()));
  }
}
