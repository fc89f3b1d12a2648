import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Body } from './body.js';

/** Read and written at once; all that one answer holds in memory. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Writes a body at the client's pace, all of it through one piece of memory: with new memory for each piece, collecting
 * garbage costs several times what reading and writing do. Nothing of a patient is kept on the way or on the client's disk.
 */
export async function answerBody(reply: FastifyReply, { contentType, sizeBytes, pieces }: Body): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  try {
    raw.writeHead(200, { 'content-type': contentType, 'content-length': sizeBytes, 'cache-control': 'no-store' });
    for await (const piece of pieces(Buffer.allocUnsafeSlow(Math.min(sizeBytes, PIECE_BYTES)))) await sent(raw, piece);
    raw.end();
  } catch (error) {
    // The client sees a body that is shorter than announced.
    raw.destroy(error instanceof Error ? error : undefined);
  }
}

/** Resolves when the system has taken the bytes; rejects when the client is gone. */
function sent(response: ServerResponse, bytes: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const gone = () => reject(new Error('The client is gone'));
  response.once('close', gone);
  response.write(bytes, (error) => (error ? reject(error) : resolve()));
  return promise.finally(() => response.off('close', gone));
}
