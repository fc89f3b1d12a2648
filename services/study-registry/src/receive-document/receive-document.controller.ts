import { Readable } from 'node:stream';
import { Controller, Param, Put, Req, Res } from '@nestjs/common';
import { Sha256 } from '@yinglian/contracts';
import { Allow, Caller, type Principal, ProblemError, platformProblems, unwrap } from '@yinglian/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { registryProblems } from '../study-registry.errors.js';
import { ReceiveDocumentHandler } from './receive-document.handler.js';

/** Gateways bring the documents that reports embed, each under the SHA-256 of its bytes; `report.published` says what they are. */
@Controller('api/study-registry/documents')
@Allow({ scopes: ['packs:write'] })
export class ReceiveDocumentController {
  constructor(private readonly receiveDocument: ReceiveDocumentHandler) {}

  /** application/octet-stream of at most 32 MiB: 201, or 200 when it was there before. */
  @Put(':digest')
  async put(
    @Param('digest', { schema: Sha256 }) digest: string,
    @Req() { body }: FastifyRequest,
    @Caller() { hospital }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (!(body instanceof Readable)) throw new ProblemError(platformProblems.UNSUPPORTED_MEDIA_TYPE);
    if (hospital === null) throw new ProblemError(registryProblems.GATEWAY_WITHOUT_HOSPITAL);
    const received = await this.receiveDocument.execute({ digest, hospital, bytes: body });
    reply.status(unwrap(received).known ? 200 : 201);
  }
}
