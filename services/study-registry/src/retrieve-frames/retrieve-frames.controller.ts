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
import { RetrieveFramesHandler } from './retrieve-frames.handler.js';

const FRAMES_AT_MOST = 1_000;

export const FrameList = z
  .string()
  .regex(/^\d{1,7}(,\d{1,7})*$/)
  .transform((list) => list.split(',').map(Number))
  .refine((frames) => frames.length <= FRAMES_AT_MOST, { error: `at most ${FRAMES_AT_MOST} frames at once` });

const FramesAddress = InstanceAddress.extend({ frames: FrameList });

@Controller('dicom-web/studies/:studyUid/series/:seriesUid/instances/:sopInstanceUid/frames')
@Allow({ roles: Role.options })
export class RetrieveFramesController {
  constructor(private readonly retrieveFrames: RetrieveFramesHandler) {}

  /** WADO-RS, Retrieve Frames (PS3.18 section 10.4.1.1.6); as of a version of the study with `version`. */
  @Get(':frames')
  async retrieve(
    @Param({ schema: FramesAddress }) { frames, ...address }: z.output<typeof FramesAddress>,
    @Query('accept', { schema: AcceptParameter }) parameter: AcceptParameter,
    @Query('version', { schema: VersionParameter }) version: VersionParameter,
    @Headers('accept') header: string | undefined,
    @CallingPerson() caller: PersonPrincipal,
    @Res() reply: FastifyReply,
  ) {
    const accepted = readAccept(header, parameter);
    return answerRepresentation(
      reply,
      unwrap(await this.retrieveFrames.execute(caller, { ...address, version }, frames, accepted)),
    );
  }
}
