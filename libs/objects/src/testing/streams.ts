import { Readable } from 'node:stream';
import type { ListedObject } from '../objects.js';

const PIECE_BYTES = 65_536;

/** As a socket gives it. */
export const inPieces = (bytes: Buffer) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, n) =>
      bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES),
    ),
  );

/** Ends in an error behind its last byte. */
export async function* breaking(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
  throw new Error('The connection broke');
}

export const keysOf = async (listed: AsyncIterable<ListedObject>) =>
  (await Array.fromAsync(listed)).map(({ key }) => key);
