import { Controller, Get, Param } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { askingFor } from '../find-persons/asking-for.js';
import { ShowHistoryHandler } from './show-history.handler.js';

@Controller('api/patient-index/persons')
export class ShowHistoryController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly showHistory: ShowHistoryHandler,
  ) {}

  /** Everything that was decided about whoever is one with this person, the newest first, what was taken back too. */
  @Get(':personId/history')
  @Allow({ roles: ['steward'] })
  async history(@Param('personId', { schema: PersonId }) personId: PersonId, @Caller() caller: Principal) {
    unwrap(await this.access.authorize(askingFor('person.read', caller, personId)));
    return unwrap(await this.showHistory.execute(personId));
  }
}
