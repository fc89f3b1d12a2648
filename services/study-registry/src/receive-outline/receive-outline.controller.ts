import { Readable } from 'node:stream';
import { Controller, Head, Param, Put, Req, Res } from '@nestjs/common';
import { type PackReceipt, Sha256 } from '@yinglian/contracts';
import { Allow, Caller, type Principal, ProblemError, platformProblems, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReceiveOutlineHandler } from './receive-outline.handler.js';

/** Gateways of hospitals that keep their pixels at home bring outlines of packs (ADR 0038), each under the SHA-256 of its pack. */
@Controller('api/study-registry/packs/:digest/outline')
@Allow({ scopes: ['packs:write'] })
export class ReceiveOutlineController {
  constructor(private readonly receiveOutline: ReceiveOutlineHandler) {}

  /** Answered as the pack itself is: 201, or 200 when the pack or its outline was there before. */
  @Put()
  async put(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Req() request: FastifyRequest,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { body } = request;
    if (!(body instanceof Readable)) throw new ProblemError(platformProblems.UNSUPPORTED_MEDIA_TYPE);
    const received = await this.receiveOutline.execute({ digest, hospital: caller.hospital, bytes: body });
    const { known, ...receipt } = unwrap(received);
    reply.status(known ? 200 : 201);
    return receipt satisfies PackReceipt;
  }

  /** 200 when the pack is registered, wherever it is; else 404. */
  @Head()
  async head(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    reply.status((await this.receiveOutline.isKnown(digest)) ? 200 : 404);
  }
}
