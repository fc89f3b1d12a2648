import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { AeTitle, ChangedWorkstation, HospitalCode, NewWorkstation } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { directoryProblems } from '../directory.errors.js';
import { presentWorkstation } from '../domain/workstation.js';
import { findHospital } from '../storage/hospital.store.js';
import { listWorkstations } from '../storage/workstation.store.js';
import { AddWorkstationHandler } from './add-workstation.handler.js';
import { ChangeWorkstationHandler } from './change-workstation.handler.js';
import { RemoveWorkstationHandler } from './remove-workstation.handler.js';

/** Devices of a hospital that query and retrieve by DIMSE at the registry, which hears of each change by an event. */
@Controller('api/directory/hospitals/:hospital/workstations')
@Allow({ roles: ['administrator'] })
@OwnHospital()
export class WorkstationsController {
  constructor(
    private readonly database: Database,
    private readonly addWorkstation: AddWorkstationHandler,
    private readonly changeWorkstation: ChangeWorkstationHandler,
    private readonly removeWorkstation: RemoveWorkstationHandler,
  ) {}

  /** All of them by AE title. */
  @Get()
  async list(@Param('hospital', { schema: HospitalCode }) hospital: HospitalCode) {
    if ((await findHospital(this.database, hospital)) === undefined) {
      unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    }
    return { workstations: (await listWorkstations(this.database, hospital)).map(presentWorkstation) };
  }

  @Post()
  async add(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Body({ schema: NewWorkstation }) workstation: NewWorkstation,
    @Caller() caller: Principal,
  ) {
    return presentWorkstation(unwrap(await this.addWorkstation.execute(hospital, workstation, caller, new Date())));
  }

  /** Replaces everything but the AE title; the body's `version` is the one that was read. */
  @Put(':aeTitle')
  async change(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Param('aeTitle', { schema: AeTitle }) aeTitle: AeTitle,
    @Body({ schema: ChangedWorkstation }) change: ChangedWorkstation,
    @Caller() caller: Principal,
  ) {
    return presentWorkstation(
      unwrap(await this.changeWorkstation.execute(hospital, aeTitle, change, caller, new Date())),
    );
  }

  /** Its AE title is refused as soon as the registry has heard of it. */
  @Delete(':aeTitle')
  @HttpCode(204)
  async remove(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Param('aeTitle', { schema: AeTitle }) aeTitle: AeTitle,
    @Caller() caller: Principal,
  ) {
    unwrap(await this.removeWorkstation.execute(hospital, aeTitle, caller, new Date()));
  }
}
