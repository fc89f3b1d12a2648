import { Body, Controller, Delete, Post, Put, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { baseAddressOf, SpeakFhir } from '@yinglian/fhir';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readFedPatient } from './fed-patient.js';
import { feedOutcome } from './feed-outcome.js';
import { FeedPatientsHandler } from './feed-patients.handler.js';
import { feedingHospital } from './feeding-hospital.js';
import { fhirProblems } from './fhir.errors.js';
import { PatientBody } from './patient-body.js';

const Condition = z.object({ identifier: z.string().max(512) });
type Condition = z.infer<typeof Condition>;

/** Patient Identity Feed FHIR (ITI-104): a hospital's system tells of the hospital's own patients. */
@Controller('fhir/Patient')
@UseInterceptors(SpeakFhir)
@Allow({ scopes: ['patients:write'] })
export class FeedPatientsController {
  constructor(private readonly feedPatients: FeedPatientsHandler) {}

  /** Adds or revises the patient of the identifier; with a link replaced-by, it is one with that one from now on. */
  @Put()
  update(
    @Query({ schema: Condition }) { identifier }: Condition,
    @Body({ schema: PatientBody }) body: PatientBody,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.feed(body, identifier, caller, request, reply);
  }

  /** The same, the identifier taken from the Patient. */
  @Post()
  create(
    @Body({ schema: PatientBody }) body: PatientBody,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.feed(body, null, caller, request, reply);
  }

  @Delete()
  remove() {
    return unwrap(failure(fhirProblems.REMOVE_NOT_SUPPORTED, 'Remove Patient is not supported'));
  }

  private async feed(
    body: PatientBody,
    identifier: string | null,
    caller: Principal,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const fed = unwrap(readFedPatient(body, feedingHospital(caller), identifier));
    const [taken] = await this.feedPatients.execute([fed], new Date());
    if (taken === undefined) throw new Error('Nothing came of a patient that was fed');
    reply.status(taken.isNew ? 201 : 200);
    reply.header('location', `${baseAddressOf(request)}/Patient/${taken.personId}`);
    return feedOutcome(taken.merges);
  }
}
