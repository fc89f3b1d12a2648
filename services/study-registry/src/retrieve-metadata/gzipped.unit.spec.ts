import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { gzipped } from './gzipped.js';

const PIECES = 12;
const PIECE_BYTES = 512 * 1024;

it('is the whole body, whose pieces come one after the other in the same memory', async () => {
  const pieces = async function* (scratch: Buffer) {
    for (let n = 0; n < PIECES; n += 1) yield scratch.fill(n);
  };
  const { etag, pieces: compressed } = gzipped({
    contentType: 'text/plain',
    sizeBytes: undefined,
    etag: '"a"',
    pieces,
  });
  const given: Buffer[] = [];
  for await (const piece of compressed(Buffer.alloc(PIECE_BYTES))) given.push(Buffer.from(piece));
  const expected = Buffer.concat(Array.from({ length: PIECES }, (_, n) => Buffer.alloc(PIECE_BYTES, n)));
  expect(gunzipSync(Buffer.concat(given)).equals(expected)).toBe(true);
  expect(etag).toBe('"a-gzip"');
});
