import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readAccept } from '../domain/accept.js';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { VersionParameter } from '../open-study/version-parameter.js';
import { thumbnailViewport } from '../render-images/rendering-parameters.js';
import { FrameList } from '../retrieve-frames/retrieve-frames.controller.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { answerRepresentation } from '../retrieve-instances/answer-representation.js';
import { RetrieveThumbnailsHandler } from './retrieve-thumbnails.handler.js';

const ThumbnailAddress = ResourceAddress.extend({ frames: FrameList.optional() });
const ThumbnailQuery = z.looseObject({ accept: AcceptParameter, version: VersionParameter });

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveThumbnailsController {
  constructor(private readonly retrieveThumbnails: RetrieveThumbnailsHandler) {}

  /** WADO-RS, Retrieve Thumbnail (PS3.18 section 10.4.1.1.4): one picture, in 256 pixels if nothing else is said; as of a version. */
  @Get([...resourcesWith('thumbnail'), 'series/:seriesUid/instances/:sopInstanceUid/frames/:frames/thumbnail'])
  async retrieve(
    @Param({ schema: ThumbnailAddress }) { frames, ...address }: z.output<typeof ThumbnailAddress>,
    @Query({ schema: ThumbnailQuery }) query: z.output<typeof ThumbnailQuery>,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, query.accept);
    const size = unwrap(thumbnailViewport(query.viewport));
    const then = { ...address, version: query.version };
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveThumbnails.execute(caller, then, frames, accepted, size)),
    );
  }
}
