import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { readAccept } from '../domain/accept.js';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { thumbnailViewport } from '../render-images/rendering-parameters.js';
import { FrameList } from '../retrieve-frames/retrieve-frames.controller.js';
import { AcceptParameter } from '../retrieve-instances/accept-parameter.js';
import { answerRepresentation } from '../retrieve-instances/answer-representation.js';
import { RetrieveThumbnailsHandler } from './retrieve-thumbnails.handler.js';

const ThumbnailAddress = ResourceAddress.extend({ frames: FrameList.optional() });

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveThumbnailsController {
  constructor(private readonly retrieveThumbnails: RetrieveThumbnailsHandler) {}

  /** WADO-RS, Retrieve Thumbnail (PS3.18 section 10.4.1.1.4): one picture, in 256 pixels if nothing else is said. */
  @Get([...resourcesWith('thumbnail'), 'series/:seriesUid/instances/:sopInstanceUid/frames/:frames/thumbnail'])
  async retrieve(
    @Param({ schema: ThumbnailAddress }) { frames, ...address }: z.output<typeof ThumbnailAddress>,
    @Query('viewport') viewport: unknown,
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, parameter);
    const size = unwrap(thumbnailViewport(viewport));
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveThumbnails.execute(caller, address, frames, accepted, size)),
    );
  }
}
