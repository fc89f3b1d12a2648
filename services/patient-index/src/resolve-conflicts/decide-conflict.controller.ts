import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { PersonId } from '@yinglian/contracts';
import { clean } from '@yinglian/names';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { staffOf } from '../find-persons/asking-for.js';
import { DecideConflictHandler } from './decide-conflict.handler.js';
import { ConflictId } from './list-conflicts.controller.js';

const Decision = z.strictObject({
  decision: z.enum(['link', 'keep-apart']),
  personId: PersonId.describe("Whom to link to; the id's holder unless told").optional(),
  note: z.string().trim().min(1).max(2000).transform(clean),
});

@Controller('api/patient-index/conflicts')
export class DecideConflictController {
  constructor(private readonly decideConflict: DecideConflictHandler) {}

  /** Answers the decision as it stands: who made it, when and why. 409 when it was decided otherwise. */
  @Post(':conflictId/decision')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async decide(
    @Param('conflictId', { schema: ConflictId }) conflictId: string,
    @Body({ schema: Decision }) { decision, personId, note }: z.output<typeof Decision>,
    @Caller() caller: Principal,
  ) {
    const asked = { conflictId, decision, personId, note };
    return unwrap(await this.decideConflict.execute(asked, staffOf(caller), new Date()));
  }
}
