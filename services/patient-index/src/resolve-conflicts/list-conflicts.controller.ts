import { Controller, Get, Query } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { askingFor } from '../find-persons/asking-for.js';
import { ListConflictsHandler } from './list-conflicts.handler.js';

export const ConflictId = z.string().regex(/^\d{1,18}$/);

const Page = z.strictObject({
  state: z.enum(['open', 'decided']).default('open'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: ConflictId.default('0'),
});

@Controller('api/patient-index/conflicts')
export class ListConflictsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly listConflicts: ListConflictsHandler,
  ) {}

  /** Conflicts, oldest first. They show patients, so looking at them is recorded like any search. */
  @Get()
  @Allow({ roles: ['steward'] })
  async list(@Query({ schema: Page }) page: z.output<typeof Page>, @Caller() caller: Principal) {
    unwrap(await this.access.authorize(askingFor('person.search', caller, null), { query: ['conflicts'] }));
    return this.listConflicts.execute(page);
  }
}
