import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readAccept } from '../domain/accept.js';
import { InstanceAddress } from '../open-study/addresses.js';
import { VersionParameter } from '../open-study/version-parameter.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { answerRepresentation } from '../retrieve-instances/answer-representation.js';
import { RetrieveBulkDataHandler } from './retrieve-bulk-data.handler.js';

const BulkDataAddress = InstanceAddress.extend({ tag: z.string().regex(/^[0-9A-F]{8}$/) });

@Controller('dicom-web/studies/:studyUid/series/:seriesUid/instances/:sopInstanceUid/bulkdata')
@Allow({ roles: Role.options })
export class RetrieveBulkDataController {
  constructor(private readonly retrieveBulkData: RetrieveBulkDataHandler) {}

  /** WADO-RS, Retrieve Bulkdata (PS3.18 section 10.4.1.1.5), by the BulkDataURI of the metadata. */
  @Get(':tag')
  async retrieve(
    @Param({ schema: BulkDataAddress }) { tag, ...address }: z.output<typeof BulkDataAddress>,
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Query('version', { schema: VersionParameter }) version: VersionParameter,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, parameter);
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveBulkData.execute(caller, { ...address, version }, tag, accepted)),
    );
  }
}
