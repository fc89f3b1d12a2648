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
      const plain = Readable.from(representation.pieces(scratch), { objectMode: false });
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
