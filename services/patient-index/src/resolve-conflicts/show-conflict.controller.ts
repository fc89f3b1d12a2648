import { Controller, Get, Param } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { askingFor } from '../find-persons/asking-for.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import { conflictById } from '../storage/conflict.store.js';
import { ConflictId } from './list-conflicts.controller.js';
import { ShowConflictHandler } from './show-conflict.handler.js';

@Controller('api/patient-index/conflicts')
export class ShowConflictController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly showConflict: ShowConflictHandler,
  ) {}

  /** Both sides in full. Recorded as a look at each of the persons. */
  @Get(':conflictId')
  @Allow({ roles: ['steward'] })
  async show(@Param('conflictId', { schema: ConflictId }) conflictId: string, @Caller() caller: Principal) {
    const conflict = await conflictById(this.database, conflictId);
    if (conflict === undefined) return unwrap(failure(patientIndexProblems.CONFLICT_NOT_FOUND));
    for (const personId of new Set([conflict.personId, conflict.otherPersonId ?? []].flat()))
      unwrap(await this.access.authorize(askingFor('person.read', caller, personId), { query: ['conflicts'] }));
    return this.showConflict.execute(conflict, new Date());
  }
}
