import { Controller, Get, Headers, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { baseAddressOf } from '@yinglian/fhir';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dicomWebRoot } from '../find-studies/answer-search.js';
import { MakeManifestHandler } from './make-manifest.handler.js';

const Asked = z.strictObject({
  form: z
    .enum(['plain', 'described'])
    .default('plain')
    .describe('In DICOM: plain as in XDS-I.b, or described as in MADO'),
});
type Asked = z.output<typeof Asked>;

/** Not among the resources of DICOMweb, which has no manifests: no client takes it for one of them. */
@Controller('api/study-registry/studies')
@Allow({ roles: Role.options })
export class MakeManifestController {
  constructor(private readonly makeManifest: MakeManifestHandler) {}

  /**
   * Everything that a study consists of and where it is had: a Key Object Selection Document (`application/dicom`), or a document of MADO
   * in FHIR (`application/fhir+json`).
   */
  @Get(':study/manifest')
  async make(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query({ schema: Asked }) { form }: Asked,
    @Headers('accept') accept: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const wanted = { studyUid, form, accept, wadoRoot: dicomWebRoot(request), fhirBase: baseAddressOf(request) };
    const { contentType, pieces } = unwrap(await this.makeManifest.execute(caller, wanted));
    reply.headers({ 'cache-control': 'no-store', vary: 'accept' });
    return new StreamableFile(pieces, { type: contentType });
  }
}
