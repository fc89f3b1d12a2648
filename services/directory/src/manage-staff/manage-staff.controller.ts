import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { HospitalCode, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { NewStaff, StaffChange } from '../domain/staff.js';
import { staffPage } from '../storage/staff.store.js';
import { ManageStaffHandler } from './manage-staff.handler.js';

const Page = z.object({
  hospital: HospitalCode.optional(),
  after: z.string().max(64).default('').describe('User name that the page begins after'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

@Controller('api/directory')
export class ManageStaffController {
  constructor(
    private readonly database: Database,
    private readonly manageStaff: ManageStaffHandler,
  ) {}

  @Get('me')
  @Allow({ roles: Role.options })
  me(@Caller() caller: Principal) {
    return caller;
  }

  @Get('staff')
  @Allow({ roles: ['administrator'] })
  async list(@Query({ schema: Page }) page: z.output<typeof Page>) {
    const items = await staffPage(this.database, page.hospital ?? null, page.after, page.limit);
    return { items, next: items.length === page.limit ? (items.at(-1)?.username ?? null) : null };
  }

  @Post('staff')
  @Allow({ roles: ['administrator'] })
  async add(@Body({ schema: NewStaff }) staff: NewStaff) {
    return unwrap(await this.manageStaff.add(staff));
  }

  @Patch('staff/:subject')
  @Allow({ roles: ['administrator'] })
  async change(
    @Param('subject', { schema: z.uuid() }) subject: string,
    @Body({ schema: StaffChange }) change: StaffChange,
  ) {
    return unwrap(await this.manageStaff.change(subject, change));
  }
}
