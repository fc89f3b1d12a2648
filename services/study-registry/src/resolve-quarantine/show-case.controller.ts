import { Controller, Get, Param } from '@nestjs/common';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { CaseId } from './about-quarantine.js';
import { ShowCaseHandler } from './show-case.handler.js';

@Controller('api/study-registry/quarantine')
export class ShowCaseController {
  constructor(private readonly showCase: ShowCaseHandler) {}

  /** Both versions of a case side by side: where they came from, what their headers say differently, whether pixels differ. */
  @Get(':caseId')
  @Allow({ roles: ['steward'] })
  async show(@Param('caseId', { schema: CaseId }) caseId: string, @CallingPerson() caller: PersonPrincipal) {
    return unwrap(await this.showCase.execute(caller, caseId));
  }
}
