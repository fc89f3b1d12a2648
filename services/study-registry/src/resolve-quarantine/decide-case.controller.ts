import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { CaseId } from './about-quarantine.js';
import { DecideCaseHandler } from './decide-case.handler.js';

const Decision = z.strictObject({
  decision: z.enum(['keep', 'take', 'undo']),
  version: z.number().int().nonnegative().describe('Of the case as it was looked at'),
  note: z.string().trim().min(1).max(2000),
});

@Controller('api/study-registry/quarantine')
export class DecideCaseController {
  constructor(private readonly decideCase: DecideCaseHandler) {}

  /** Keeps the first version, takes the other in its place, or undoes that. 409 when the case is not as it was looked at. */
  @Post(':caseId/decisions')
  @HttpCode(200)
  @Allow({ roles: ['steward'] })
  async decide(
    @Param('caseId', { schema: CaseId }) caseId: string,
    @Body({ schema: Decision }) decision: z.output<typeof Decision>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    return unwrap(await this.decideCase.execute({ caseId, ...decision }, caller, new Date()));
  }
}
