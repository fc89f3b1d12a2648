import { Readable } from 'node:stream';
import { createDeflateRaw } from 'node:zlib';

/** A data set in deflated explicit VR little endian (PS3.5 section A.5): of an even length. `dataSet` gives pieces that may be kept. */
export async function* deflated(dataSet: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const plain = Readable.from(dataSet, { objectMode: false });
  const deflate = createDeflateRaw();
  plain.once('error', (error) => deflate.destroy(error));
  let length = 0;
  try {
    for await (const piece of plain.pipe(deflate)) {
      length += piece.length;
      yield piece;
    }
    if (length % 2 === 1) yield Buffer.alloc(1);
  } finally {
    plain.destroy();
    deflate.destroy();
  }
}
