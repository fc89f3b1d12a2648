import { Body, Controller, Get, Header, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { Username } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, success, unwrap } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';
import { directoryProblems } from '../directory.errors.js';
import { answersFor } from '../domain/duties.js';
import { presentStaff } from '../domain/staff.js';
import { presentProposal } from '../propose-roles/present-proposal.js';
import { findStaff, listStaff, versionsOf } from '../storage/staff.store.js';
import { actingPerson } from './acting-person.js';
import { AddStaffHandler } from './add-staff.handler.js';
import { ChangeStaffHandler } from './change-staff.handler.js';
import { presentAccounts } from './present-accounts.js';
import { ResetPasswordHandler } from './reset-password.handler.js';
import { NewStaff, StaffChange, StaffPage } from './staff-input.js';

const VERSIONS_AT_MOST = 500;

@Controller('api/directory/staff')
@Allow({ roles: ['administrator', 'security-administrator'] })
export class StaffController {
  constructor(
    private readonly database: Database,
    private readonly addStaff: AddStaffHandler,
    private readonly changeStaff: ChangeStaffHandler,
    private readonly resetPassword: ResetPasswordHandler,
  ) {}

  /** One page of accounts by username, of the caller's hospital unless they are of the commission; `nextCursor` is null on the last. */
  @Get()
  async list(
    @Query({ schema: StaffPage }) { hospital: wanted, limit, cursor = '' }: StaffPage,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const hospital = wanted ?? caller.hospital ?? undefined;
    if (!answersFor(caller, hospital ?? null)) unwrap(failure(directoryProblems.OF_ANOTHER_HOSPITAL));
    const found = await listStaff(this.database, { hospital, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      staff: await presentAccounts(this.database, page),
      nextCursor: found.length > limit ? (page.at(-1)?.username ?? null) : null,
    };
  }

  /** The answer holds the first password, this one time. The account has no role until its proposal is approved. */
  @Post()
  @Allow({ roles: ['administrator'] })
  @Header('cache-control', 'no-store')
  async add(
    @Body({ schema: NewStaff }) input: NewStaff,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const added = unwrap(await this.addStaff.execute(input, actingPerson(caller, request), new Date()));
    const { staff, initialPassword, proposal } = added;
    const [account] = await presentAccounts(this.database, [staff]);
    return { ...account, initialPassword, proposal: proposal && presentProposal(proposal) };
  }

  @Get(':username')
  async read(@Param('username', { schema: Username }) username: string, @CallingPerson() caller: PersonPrincipal) {
    return (await presentAccounts(this.database, [await this.theirs(username, caller)]))[0];
  }

  /** What the account was, the newest first, and who made it so; null for what the province began with. */
  @Get(':username/versions')
  async versions(@Param('username', { schema: Username }) username: string, @CallingPerson() caller: PersonPrincipal) {
    await this.theirs(username, caller);
    return { versions: (await versionsOf(this.database, username, VERSIONS_AT_MOST)).map(presentStaff) };
  }

  private async theirs(username: string, caller: PersonPrincipal) {
    const found = await findStaff(this.database, username);
    const isTheirs = found !== undefined && answersFor(caller, found.hospital);
    return unwrap(isTheirs ? success(found) : failure(directoryProblems.STAFF_NOT_FOUND));
  }

  /** Changes what the body names; its `version` is the one that was read. What gives somebody more is 422 SECOND_PERSON_NEEDED. */
  @Patch(':username')
  async change(
    @Param('username', { schema: Username }) username: string,
    @Body({ schema: StaffChange }) change: StaffChange,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    const acting = actingPerson(caller, request);
    const staff = unwrap(await this.changeStaff.execute(username, change, acting, new Date()));
    return (await presentAccounts(this.database, [staff]))[0];
  }

  /** Makes a new password, shown this one time, and ends the account's sessions. */
  @Post(':username/password')
  @Allow({ roles: ['administrator'] })
  @Header('cache-control', 'no-store')
  async reset(
    @Param('username', { schema: Username }) username: string,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
  ) {
    return unwrap(await this.resetPassword.execute(username, actingPerson(caller, request), new Date()));
  }
}
