import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { OUTCOMES, StudyRequestStore } from '../storage/study-request.store.js';
import { studyRequestProblems } from './request-studies.errors.js';

const Outcome = z.strictObject({ outcome: z.enum(OUTCOMES), reason: z.string().max(200).default('') });

const SERVED_AT_ONCE = 20;

/** Gateways ask what they are to fetch (ADR 0009), and say what came of it. */
@Controller('api/study-registry')
export class ServeRequestsController {
  constructor(private readonly database: Database) {}

  /** The oldest open requests, at most 20. */
  @Get('hospitals/:hospital/study-requests')
  @Allow({ scopes: ['gateway:read'] })
  async toServe(@Param('hospital', { schema: HospitalCode }) hospital: string, @Caller() caller: Principal) {
    if (caller.hospital !== hospital) throw new ProblemError(studyRequestProblems.GATEWAY_OF_ANOTHER_HOSPITAL);
    const requests = await new StudyRequestStore(this.database).toServe(hospital, SERVED_AT_ONCE);
    return {
      requests: requests.map(({ requestId, studyInstanceUid, accessionNumber }) => ({
        requestId,
        studyInstanceUid,
        accessionNumber,
      })),
    };
  }

  /** Repeating it is free; the first answer stays. */
  @Put('study-requests/:requestId/outcome')
  @HttpCode(204)
  @Allow({ scopes: ['packs:write'] })
  async answer(
    @Param('requestId', { schema: z.uuid() }) requestId: string,
    @Body({ schema: Outcome }) { outcome, reason }: z.output<typeof Outcome>,
    @Caller() caller: Principal,
  ): Promise<void> {
    const store = new StudyRequestStore(this.database);
    const request = await store.find(requestId);
    if (request === undefined) throw new ProblemError(studyRequestProblems.STUDY_REQUEST_NOT_FOUND);
    if (request.hospital !== caller.hospital) throw new ProblemError(studyRequestProblems.GATEWAY_OF_ANOTHER_HOSPITAL);
    await store.answer(requestId, outcome, reason);
  }
}
