import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ResourceAddress, resourcesWith } from '../open-study/addresses.js';
import { RetrieveThumbnailsHandler } from './retrieve-thumbnails.handler.js';

const ThumbnailAddress = ResourceAddress.extend({ frame: z.coerce.number().int().min(1).max(1e7).optional() });

@Controller('dicom-web/studies/:studyUid')
@Allow({ roles: Role.options })
export class RetrieveThumbnailsController {
  constructor(private readonly retrieveThumbnails: RetrieveThumbnailsHandler) {}

  /** WADO-RS, Retrieve Thumbnail (PS3.18 section 10.4.1.1.4): a JPEG whose longer side has 256 pixels at most. */
  @Get([...resourcesWith('thumbnail'), 'series/:seriesUid/instances/:sopInstanceUid/frames/:frame/thumbnail'])
  async retrieve(
    @Param({ schema: ThumbnailAddress }) { frame, ...address }: z.output<typeof ThumbnailAddress>,
    @Headers('accept') accept: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const picture = unwrap(await this.retrieveThumbnails.execute(caller, address, frame, accept));
    reply.header('cache-control', 'no-store');
    return new StreamableFile(picture, { type: 'image/jpeg', length: picture.length });
  }
}
