import { constants, createGzip } from 'node:zlib';
import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { RetrieveMetadataHandler } from './retrieve-metadata.handler.js';

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveMetadataController {
  constructor(private readonly retrieveMetadata: RetrieveMetadataHandler) {}

  /** WADO-RS, Retrieve Metadata (PS3.18 section 10.4.1.1.2) as DICOM JSON. */
  @Get(resourcesWith('metadata'))
  async retrieve(
    @Param({ schema: ResourceAddress }) address: ResourceAddress,
    @Headers('accept') accept: string | undefined,
    @Headers('accept-encoding') encodings: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const json = unwrap(await this.retrieveMetadata.execute(caller, address, accept));
    reply.headers({ 'cache-control': 'no-store', vary: 'accept-encoding' });
    const type = 'application/dicom+json';
    if (!/\bgzip\b/.test(encodings ?? '')) return new StreamableFile(json, { type });
    reply.header('content-encoding', 'gzip');
    const gzip = createGzip({ level: constants.Z_BEST_SPEED });
    json.once('error', (error) => gzip.destroy(error));
    gzip.once('close', () => json.destroy());
    return new StreamableFile(json.pipe(gzip), { type });
  }
}
