import { Controller, Get, Param } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { askingFor } from '../find-persons/asking-for.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import { personsInGroupsOf } from '../storage/person.store.js';
import { recordsOf } from '../storage/record.store.js';
import { presentRecord } from './present-record.js';

@Controller('api/patient-index/persons')
export class ShowRecordsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** What each hospital said of the person, in all versions: what a split is decided by. */
  @Get(':personId/records')
  @Allow({ roles: ['steward'] })
  async records(@Param('personId', { schema: PersonId }) personId: PersonId, @Caller() caller: Principal) {
    unwrap(await this.access.authorize(askingFor('person.read', caller, personId)));
    const persons = await personsInGroupsOf(this.database, [personId]);
    if (persons.length === 0) return unwrap(failure(patientIndexProblems.PERSON_NOT_FOUND));
    const homes = persons.map((person) => person.personId);
    const now = new Date();
    return { records: (await recordsOf(this.database, homes)).map((record) => presentRecord(record, now)) };
  }
}
