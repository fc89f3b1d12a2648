import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { clean } from '@yinglian/names';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { staffOf } from '../find-persons/asking-for.js';
import { ConflictId } from '../resolve-conflicts/list-conflicts.controller.js';
import { AskHospitalHandler } from './ask-hospital.handler.js';

const Asked = z.strictObject({
  hospital: HospitalCode.describe('One whose patients are in question'),
  question: z.string().trim().min(1).max(2000).transform(clean),
});

@Controller('api/patient-index/conflicts')
export class AskHospitalController {
  constructor(private readonly askHospital: AskHospitalHandler) {}

  /** The conflict waits until the hospital has answered, or is decided anyway. 400 HOSPITAL_NOT_CONCERNED. */
  @Post(':conflictId/questions')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async ask(
    @Param('conflictId', { schema: ConflictId }) conflictId: string,
    @Body({ schema: Asked }) asked: z.output<typeof Asked>,
    @Caller() caller: Principal,
  ) {
    return unwrap(await this.askHospital.execute({ conflictId, ...asked }, staffOf(caller), new Date()));
  }
}
