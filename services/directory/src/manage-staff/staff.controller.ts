import { Body, Controller, Get, Header, Param, Patch, Post, Query } from '@nestjs/common';
import { Username } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, failure, success, unwrap } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { presentStaff } from '../domain/staff.js';
import { findStaff, listStaff } from '../storage/staff.store.js';
import { AddStaffHandler } from './add-staff.handler.js';
import { ChangeStaffHandler } from './change-staff.handler.js';
import { ResetPasswordHandler } from './reset-password.handler.js';
import { NewStaff, StaffChange, StaffPage } from './staff-input.js';

@Controller('api/directory/staff')
@Allow({ roles: ['administrator'] })
export class StaffController {
  constructor(
    private readonly database: Database,
    private readonly addStaff: AddStaffHandler,
    private readonly changeStaff: ChangeStaffHandler,
    private readonly resetPassword: ResetPasswordHandler,
  ) {}

  /** One page of accounts by username; `nextCursor` is null on the last. */
  @Get()
  async list(@Query({ schema: StaffPage }) { hospital, limit, cursor = '' }: StaffPage) {
    const found = await listStaff(this.database, { hospital, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      staff: page.map(presentStaff),
      nextCursor: found.length > limit ? (page.at(-1)?.username ?? null) : null,
    };
  }

  /** The answer holds the first password, this one time. */
  @Post()
  @Header('cache-control', 'no-store')
  async add(@Body({ schema: NewStaff }) input: NewStaff) {
    const { staff, initialPassword } = unwrap(await this.addStaff.execute(input, new Date()));
    return { ...presentStaff(staff), initialPassword };
  }

  @Get(':username')
  async read(@Param('username', { schema: Username }) username: string) {
    const staff = await findStaff(this.database, username);
    return presentStaff(unwrap(staff ? success(staff) : failure(directoryProblems.STAFF_NOT_FOUND)));
  }

  /** Changes what the body names; its `version` is the one that was read. */
  @Patch(':username')
  async change(
    @Param('username', { schema: Username }) username: string,
    @Body({ schema: StaffChange }) change: StaffChange,
  ) {
    return presentStaff(unwrap(await this.changeStaff.execute(username, change, new Date())));
  }

  /** Makes a new password, shown this one time, and ends the account's sessions. */
  @Post(':username/password')
  @Header('cache-control', 'no-store')
  async reset(@Param('username', { schema: Username }) username: string) {
    return unwrap(await this.resetPassword.execute(username));
  }
}
