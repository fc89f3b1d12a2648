import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { Representation } from '../retrieve-instances/representation.js';

/** The same under its own entity tag, compressed while it is read. */
export function gzipped(representation: Representation): Representation {
  return {
    contentType: representation.contentType,
    contentEncoding: 'gzip',
    etag: representation.etag.replace(/"$/, '-gzip"'),
    sizeBytes: undefined,
    async *pieces(scratch) {
      const plain = Readable.from(copies(representation.pieces(scratch)), { objectMode: false });
      const gzip = createGzip({ level: constants.Z_BEST_SPEED });
      plain.once('error', (error) => gzip.destroy(error));
      try {
        yield* plain.pipe(gzip);
      } finally {
        plain.destroy();
        gzip.destroy();
      }
    },
  };
}

/** A stream takes the next piece while it has the last one still, and the next one is read into the same memory. */
async function* copies(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
