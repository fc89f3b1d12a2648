import { Controller, Get, Headers, Param, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { FHIR_JSON, SpeakFhir } from '@yinglian/fhir';
import { Allow, CallingPerson, failure, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import { registryProblems } from '../study-registry.errors.js';
import { StreamImagingStudy } from './stream-imaging-study.js';

@Controller('fhir/ImagingStudy')
@UseInterceptors(SpeakFhir)
@Allow({ roles: Role.options })
export class ReadImagingStudyController {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly streamImagingStudy: StreamImagingStudy,
  ) {}

  /** A study by its Study Instance UID, with all series and instances: what searches of DICOMweb tell of it. */
  @Get(':id')
  async read(
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const uid = Uid.safeParse(id).data;
    if (uid === undefined) return unwrap(failure(registryProblems.STUDY_NOT_FOUND));
    const study = unwrap(await this.openStudy.find(caller, uid, ['_id']));
    const { resource, json } = await this.streamImagingStudy.of(study);
    const version = `W/"${resource.meta?.versionId}"`;
    reply.header('etag', version).header('last-modified', new Date(resource.meta?.lastUpdated ?? 0).toUTCString());
    if (known?.split(',').some((tag) => tag.trim() === version)) {
      reply.status(304);
      return undefined;
    }
    return new StreamableFile(json(), { type: `${FHIR_JSON}; charset=utf-8` });
  }
}
