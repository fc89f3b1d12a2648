import { Readable } from 'node:stream';
import { Controller, Head, Headers, Param, Put, Req, Res } from '@nestjs/common';
import { type PackReceipt, Sha256 } from '@yinglian/contracts';
import { PACK_LIMIT_BYTES } from '@yinglian/dicom';
import { Allow, Caller, type Principal, ProblemError, platformProblems, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { registryProblems } from '../study-registry.errors.js';
import { ReceivePackHandler } from './receive-pack.handler.js';
import { rangeOf } from './upload-range.js';

/** Gateways bring packs (ADR 0003), each under the SHA-256 of its bytes. */
@Controller('api/study-registry/packs')
@Allow({ scopes: ['packs:write'] })
export class ReceivePackController {
  constructor(private readonly receivePack: ReceivePackHandler) {}

  /**
   * 201 with the counts of instances stored, found again and kept aside, and the places of those that are not served; 200 when
   * it was there before, with the places as they are now. With
   * Content-Range (RFC 9110 section 14.5) the rest of a pack whose connection broke.
   */
  @Put(':digest')
  async put(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Headers('content-length') length: string | undefined,
    @Headers('content-range') contentRange: string | undefined,
    @Req() request: FastifyRequest,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { body } = request;
    if (!(body instanceof Readable)) throw new ProblemError(platformProblems.UNSUPPORTED_MEDIA_TYPE);
    const range = rangeOf(contentRange, Number(length ?? 0));
    if (range === undefined) throw new ProblemError(registryProblems.UPLOAD_RANGE_INVALID);
    if (range.totalBytes > PACK_LIMIT_BYTES) {
      // Nobody waits for the end of what may be very long.
      throw new ProblemError(registryProblems.PACK_TOO_LARGE, undefined, { connection: 'close' });
    }
    const received = await this.receivePack.execute({
      digest,
      hospital: caller.hospital,
      bytes: body,
      from: range.from,
    });
    const { known, ...receipt } = unwrap(received);
    reply.status(known ? 200 : 201);
    return receipt satisfies PackReceipt;
  }

  /** 200 when it is registered; else 404 with the count of bytes that are here of it, and nobody else brings it now. */
  @Head(':digest')
  async head(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const offset = await this.receivePack.offset(digest, caller.hospital);
    if (offset !== undefined) reply.header('upload-offset', String(offset));
    reply.status(offset === undefined ? 200 : 404);
  }
}
