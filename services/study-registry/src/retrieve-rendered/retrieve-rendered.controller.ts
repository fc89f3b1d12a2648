import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readAccept } from '../domain/accept.js';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { VersionParameter } from '../open-study/version-parameter.js';
import { renderingParameters } from '../render-images/rendering-parameters.js';
import { FrameList } from '../retrieve-frames/retrieve-frames.controller.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { answerRepresentation } from '../retrieve-instances/answer-representation.js';
import { RetrieveRenderedHandler } from './retrieve-rendered.handler.js';

const RenderedAddress = ResourceAddress.extend({ frames: FrameList.optional() });
const RenderedQuery = z.looseObject({ accept: AcceptParameter, version: VersionParameter });

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveRenderedController {
  constructor(private readonly retrieveRendered: RetrieveRenderedHandler) {}

  /** WADO-RS, Retrieve Rendered (PS3.18 section 10.4.1.1.3): JPEG or PNG, several as multipart; PDF of a document; as of a version. */
  @Get([...resourcesWith('rendered'), 'series/:seriesUid/instances/:sopInstanceUid/frames/:frames/rendered'])
  async retrieve(
    @Param({ schema: RenderedAddress }) { frames, ...address }: z.output<typeof RenderedAddress>,
    @Query({ schema: RenderedQuery }) query: z.output<typeof RenderedQuery>,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, query.accept);
    const parameters = unwrap(renderingParameters(query));
    const then = { ...address, version: query.version };
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveRendered.execute(caller, then, frames, accepted, parameters)),
    );
  }
}
