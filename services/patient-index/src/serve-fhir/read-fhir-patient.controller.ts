import { Controller, Get, Headers, Param, Res, UseInterceptors } from '@nestjs/common';
import { AccessDecisionPoint, anyActorOf } from '@yinglian/access';
import { PersonId } from '@yinglian/contracts';
import { SpeakFhir } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { patientIndexProblems } from '../patient-index.errors.js';
import { mergedPatientResource, patientResource } from './patient-resource.js';
import { isMerged, personRecord } from './person-record.js';

@Controller('fhir/Patient')
@UseInterceptors(SpeakFhir)
export class ReadFhirPatientController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
  ) {}

  /** The person, or whoever was merged with another one, inactive and with the link to that one. */
  @Get(':personId')
  @Allow({ roles: ['clinician', 'steward'], scopes: ['persons:read'] })
  async read(
    @Param('personId') asked: string,
    @Headers('if-none-match') known: string | undefined,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const personId = PersonId.safeParse(asked).data;
    if (personId === undefined) return unwrap(failure(patientIndexProblems.PERSON_NOT_FOUND));
    const actor = anyActorOf(caller);
    unwrap(
      await this.access.authorize({
        actor,
        action: 'person.read',
        personId,
        studyInstanceUid: null,
        ownerHospital: null,
      }),
    );
    const record = await personRecord(this.database, personId);
    if (record === null) return unwrap(failure(patientIndexProblems.PERSON_NOT_FOUND));
    const resource = isMerged(record) ? mergedPatientResource(record) : patientResource(record);
    const version = `W/"${resource.meta?.versionId}"`;
    reply.header('etag', version).header('last-modified', record.changedAt.toUTCString());
    if (known?.split(',').some((tag) => tag.trim() === version)) {
      reply.status(304);
      return undefined;
    }
    return resource;
  }
}
