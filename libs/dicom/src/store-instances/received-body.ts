import type { Readable } from 'node:stream';
import { MultipartError } from './multipart-reader.js';

/**
 * The bytes of a request's body. A peer that drops the connection or sends nothing for too long ends it with an error;
 * while this side is busy nothing is expected of the peer.
 * @throws MultipartError
 */
export async function* receivedFrom(body: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const silent = () => body.destroy(new MultipartError('Nothing came for too long'));
  let silence = setTimeout(silent, idleMs);
  try {
    // Not destroyed when the parts make no sense: the answer goes out on the same connection.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      clearTimeout(silence);
      yield chunk;
      silence = setTimeout(silent, idleMs);
    }
  } catch (error) {
    throw error instanceof MultipartError ? error : new MultipartError('The connection ended before the body');
  } finally {
    clearTimeout(silence);
  }
}
