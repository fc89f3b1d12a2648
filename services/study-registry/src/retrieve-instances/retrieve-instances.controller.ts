import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { readAccept } from '../domain/accept.js';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { VersionParameter } from '../open-study/version-parameter.js';
import { AcceptParameter } from './accept-parameter.js';
import { answerRepresentation } from './answer-representation.js';
import { RetrieveInstancesHandler } from './retrieve-instances.handler.js';

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveInstancesController {
  constructor(private readonly retrieveInstances: RetrieveInstancesHandler) {}

  /**
   * WADO-RS, Retrieve Instances (PS3.18 section 10.4.1.1.1): files as they were received, in the order of their arrival, or in the
   * transfer syntax that is named; as of a version of the study with `version`.
   */
  @Get(resourcesWith(''))
  async retrieve(
    @Param({ schema: ResourceAddress }) address: ResourceAddress,
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Query('version', { schema: VersionParameter }) version: VersionParameter,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, parameter);
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveInstances.execute(caller, { ...address, version }, accepted)),
    );
  }
}
