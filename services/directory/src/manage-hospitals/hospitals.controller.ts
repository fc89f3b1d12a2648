import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { HospitalCode, Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, success, unwrap } from '@yinglian/platform';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { directoryProblems } from '../directory.errors.js';
import { answersFor } from '../domain/duties.js';
import { inFull, inShort } from '../domain/hospital.js';
import { findHospital, listHospitals } from '../storage/hospital.store.js';
import { AddHospitalHandler } from './add-hospital.handler.js';
import { ChangeHospitalHandler } from './change-hospital.handler.js';
import { HospitalChange, NewHospital } from './hospital-input.js';

@Controller('api/directory/hospitals')
export class HospitalsController {
  constructor(
    private readonly database: Database,
    private readonly addHospital: AddHospitalHandler,
    private readonly changeHospital: ChangeHospitalHandler,
  ) {}

  /** All hospitals by code: code, name and level for anybody signed in, everything for who administers it. */
  @Get()
  @Allow({ roles: Role.options })
  async list(@Caller() caller: Principal) {
    const hospitals = await listHospitals(this.database);
    const administers = (code: string) =>
      isPerson(caller) && caller.roles.includes('administrator') && answersFor(caller, code);
    return {
      hospitals: hospitals.map((hospital) => (administers(hospital.code) ? inFull(hospital) : inShort(hospital))),
    };
  }

  @Post()
  @Allow({ roles: ['administrator'] })
  @OwnHospital()
  async add(@Body({ schema: NewHospital }) hospital: NewHospital, @Caller() caller: Principal) {
    return inFull(unwrap(await this.addHospital.execute(hospital, caller, new Date())));
  }

  @Get(':code')
  @Allow({ roles: ['administrator'] })
  @OwnHospital()
  async read(@Param('code', { schema: HospitalCode }) code: HospitalCode) {
    const hospital = await findHospital(this.database, code);
    return inFull(unwrap(hospital ? success(hospital) : failure(directoryProblems.HOSPITAL_NOT_FOUND)));
  }

  /** Changes what the body names; its `version` is the one that was read. */
  @Patch(':code')
  @Allow({ roles: ['administrator'] })
  @OwnHospital()
  async change(
    @Param('code', { schema: HospitalCode }) code: HospitalCode,
    @Body({ schema: HospitalChange }) change: HospitalChange,
    @Caller() caller: Principal,
  ) {
    return inFull(unwrap(await this.changeHospital.execute(code, change, caller, new Date())));
  }
}
