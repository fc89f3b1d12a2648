import { Controller, Get, Param } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import { askingFor } from './asking-for.js';
import { presentPersons } from './present-persons.js';

@Controller('api/patient-index/persons')
export class ReadPersonController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  @Get(':personId')
  @Allow({ roles: ['clinician', 'steward', 'patient'] })
  async read(@Param('personId', { schema: PersonId }) personId: PersonId, @Caller() caller: Principal) {
    const reading = () => presentPersons(this.database, [personId]);
    const [person] = unwrap(await this.access.authorizeWhile(askingFor('person.read', caller, personId), {}, reading));
    return person ?? unwrap(failure(patientIndexProblems.PERSON_NOT_FOUND));
  }
}
