import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { readAccept } from '../domain/accept.js';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { VersionParameter } from '../open-study/version-parameter.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { answerRepresentation } from '../retrieve-instances/answer-representation.js';
import { gzipped } from './gzipped.js';
import { RetrieveMetadataHandler } from './retrieve-metadata.handler.js';

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveMetadataController {
  constructor(private readonly retrieveMetadata: RetrieveMetadataHandler) {}

  /** WADO-RS, Retrieve Metadata (PS3.18 section 10.4.1.1.2) as DICOM JSON or XML; as of a version of the study with `version`. */
  @Get(resourcesWith('metadata'))
  async retrieve(
    @Param({ schema: ResourceAddress }) address: ResourceAddress,
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Query('version', { schema: VersionParameter }) version: VersionParameter,
    @Headers('accept') header: string | undefined,
    @Headers('accept-encoding') encodings: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const metadata = unwrap(
      await this.retrieveMetadata.execute(caller, { ...address, version }, readAccept(header, parameter)),
    );
    return answerRepresentation(reply, /\bgzip\b/.test(encodings ?? '') ? gzipped(metadata) : metadata);
  }
}
