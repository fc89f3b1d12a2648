import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { HospitalCode, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, failure, unwrap } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { isCreditCode } from '../domain/credit-code.js';
import { type Hospital, HospitalChange, NewHospital } from '../domain/hospital.js';
import { allHospitals, hospitalByCode } from '../storage/hospital.store.js';
import { ManageHospitalsHandler } from './manage-hospitals.handler.js';

/** With the warning that the credit code's check character is wrong. */
const shown = (hospital: Hospital) => ({
  ...hospital,
  creditCodeValid: hospital.creditCode === '' ? null : isCreditCode(hospital.creditCode),
});

@Controller('api/directory/hospitals')
export class ManageHospitalsController {
  constructor(
    private readonly database: Database,
    private readonly manageHospitals: ManageHospitalsHandler,
  ) {}

  /** Code, name and level of every member, for anybody who is signed in. */
  @Get()
  @Allow({ roles: Role.options })
  async list() {
    const hospitals = await allHospitals(this.database);
    return { items: hospitals.map(({ code, name, level }) => ({ code, name, level })) };
  }

  @Get(':code')
  @Allow({ roles: ['administrator'] })
  async read(@Param('code', { schema: HospitalCode }) code: HospitalCode) {
    const hospital = await hospitalByCode(this.database, code);
    return hospital === undefined ? unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND)) : shown(hospital);
  }

  @Post()
  @Allow({ roles: ['administrator'] })
  async add(@Body({ schema: NewHospital }) hospital: NewHospital) {
    return shown(unwrap(await this.manageHospitals.add(hospital)));
  }

  @Patch(':code')
  @Allow({ roles: ['administrator'] })
  async change(
    @Param('code', { schema: HospitalCode }) code: HospitalCode,
    @Body({ schema: HospitalChange }) change: HospitalChange,
  ) {
    return shown(unwrap(await this.manageHospitals.change(code, change)));
  }
}
