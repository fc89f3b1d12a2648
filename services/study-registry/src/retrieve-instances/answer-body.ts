import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Body } from './body.js';
import { giveBackScratch, takeScratch } from './scratch.js';

/** Whoever takes less than a piece in that time (70 kbit/s) is hung up on, so that no file stays open for ever. */
const SLOWEST_PIECE_MS = 120_000;

export interface AnswerHead {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
}

const logger = new Logger('AnswerBody');

/** It has hung up, or is hung up on; nothing is wrong here. */
class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

const PLAIN: AnswerHead = { status: 200, headers: {} };

/**
 * Writes a body at the client's pace, all of it through one piece of memory: with new memory for each piece, collecting
 * garbage costs several times what reading and writing do. Nothing of a patient is kept on the way or on the client's disk.
 * What goes wrong before the first byte is thrown; after it, the client sees a body that does not come to its end.
 */
export async function answerBody(
  reply: FastifyReply,
  body: Body,
  { status, headers }: AnswerHead = PLAIN,
  slowestPieceMs = SLOWEST_PIECE_MS,
): Promise<void> {
  const { contentType, sizeBytes } = body;
  const isWanted = reply.request.method !== 'HEAD';
  const scratch = isWanted ? takeScratch(sizeBytes) : undefined;
  const pieces = scratch && body.pieces(scratch)[Symbol.asyncIterator]();
  let next = await pieces?.next();
  reply.hijack();
  const { raw } = reply;
  try {
    raw.writeHead(status, {
      ...headers,
      'content-type': contentType,
      ...(sizeBytes === undefined ? {} : { 'content-length': sizeBytes }),
      'cache-control': 'no-store',
    });
    for (; next?.done === false; next = await pieces?.next()) await sent(raw, next.value, slowestPieceMs);
    raw.end();
    // Every piece is sent, or nobody knows who still reads from it.
    if (scratch !== undefined) giveBackScratch(scratch);
  } catch (error) {
    if (!(error instanceof ClientGone)) logger.error(`An answer was broken off: ${messageOf(error)}`);
    raw.destroy();
  } finally {
    await pieces?.return?.();
  }
}

/** Resolves when the system has taken the bytes; rejects when the client is gone, or takes too long. */
function sent(response: ServerResponse, bytes: Buffer, longestMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = () => reject(new ClientGone('The client is gone'));
  const patience = setTimeout(() => reject(new ClientGone('The client takes too long')), longestMs);
  response.once('close', gone);
  response.write(bytes, (error) => (error ? reject(new ClientGone(error.message)) : resolve()));
  return promise.finally(() => {
    clearTimeout(patience);
    response.off('close', gone);
  });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
