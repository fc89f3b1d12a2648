import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { MultipartAnswer } from './multipart-answer.js';

/** Hands a body over as the client takes it. Nothing of a patient is kept on the way or on the client's disk. */
export function answerStream(
  reply: FastifyReply,
  { contentType, contentLength, body }: MultipartAnswer,
): StreamableFile {
  reply.header('cache-control', 'no-store');
  return new StreamableFile(body, { type: contentType, length: contentLength });
}
