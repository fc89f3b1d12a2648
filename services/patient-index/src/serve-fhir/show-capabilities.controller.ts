import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import { baseAddressOf, capabilityStatement, SpeakFhir } from '@yinglian/fhir';
import { AllowEveryone } from '@yinglian/platform';
import type { FastifyRequest } from 'fastify';

@Controller('fhir/metadata')
@UseInterceptors(SpeakFhir)
export class ShowCapabilitiesController {
  private readonly since = new Date().toISOString();

  @Get()
  @AllowEveryone()
  show(@Req() request: FastifyRequest) {
    return capabilityStatement(baseAddressOf(request), this.since);
  }
}
