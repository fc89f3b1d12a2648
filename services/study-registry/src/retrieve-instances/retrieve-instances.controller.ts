import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { answerBody } from './answer-body.js';
import { RetrieveInstancesHandler } from './retrieve-instances.handler.js';

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveInstancesController {
  constructor(private readonly retrieveInstances: RetrieveInstancesHandler) {}

  /** WADO-RS, Retrieve Instances (PS3.18 section 10.4.1.1.1): files as they were received, in the order of their arrival. */
  @Get(resourcesWith(''))
  async retrieve(
    @Param({ schema: ResourceAddress }) address: ResourceAddress,
    @Headers('accept') accept: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    return answerBody(reply, unwrap(await this.retrieveInstances.execute(caller, address, accept)));
  }
}
