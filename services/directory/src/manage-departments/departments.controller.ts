import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { DepartmentCode, DepartmentSeed, DisplayName, HospitalCode, Username } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { ManageDepartmentsHandler } from './manage-departments.handler.js';

const NewDepartment = z.strictObject(DepartmentSeed.shape);
/** Only what is named changes. */
const DepartmentChange = z.strictObject({
  version: z.int().positive(),
  name: DisplayName.exactOptional(),
  head: Username.nullable().describe('The account of who answers for the department, of this hospital').exactOptional(),
});

@Controller('api/directory/hospitals/:hospital/departments')
@Allow({ roles: ['administrator'] })
@OwnHospital()
export class DepartmentsController {
  constructor(private readonly departments: ManageDepartmentsHandler) {}

  @Get()
  async list(@Param('hospital', { schema: HospitalCode }) hospital: HospitalCode) {
    return { departments: unwrap(await this.departments.list(hospital)) };
  }

  @Post()
  async add(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Body({ schema: NewDepartment }) department: z.output<typeof NewDepartment>,
    @Caller() caller: Principal,
  ) {
    return unwrap(await this.departments.add(hospital, department, caller, new Date()));
  }

  @Patch(':code')
  async change(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Param('code', { schema: DepartmentCode }) code: string,
    @Body({ schema: DepartmentChange }) change: z.output<typeof DepartmentChange>,
    @Caller() caller: Principal,
  ) {
    return unwrap(await this.departments.change(hospital, code, change, caller, new Date()));
  }
}
