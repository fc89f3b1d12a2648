import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Body, storedBody } from './body.js';
import { multipartBody } from './multipart-body.js';

const bytesOf = (length: number, seed: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 7 + seed) % 251));

/** As a body is read from a file: each stretch through `scratch`. */
const stored = (file: Buffer, ranges: readonly (readonly [number, number])[]): Body =>
  storedBody(
    'application/dicom',
    ranges.map(([from, length]) => [from, length]),
    async function* (asked, scratch) {
      for (const [start, length] of asked) {
        for (let at = 0; at < length; at += scratch.length) {
          const piece = scratch.subarray(0, length - at);
          file.copy(piece, 0, start + at);
          yield piece;
        }
      }
    },
  );

const made = (file: Buffer): Body => ({
  contentType: 'application/dicom',
  sizeBytes: file.length,
  async *pieces() {
    yield file.subarray(0, 3);
    yield file.subarray(3);
  },
});

/** What is sent: a piece is good until the next one is asked for. */
async function sent(body: Body, scratchBytes: number): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of body.pieces(Buffer.alloc(scratchBytes))) pieces.push(Buffer.from(piece));
  return pieces;
}

const expected = (files: readonly Buffer[]) =>
  Buffer.concat([
    ...files.flatMap((file) => [
      Buffer.from(`\r\n--b\r\nContent-Type: application/dicom\r\nContent-Length: ${file.length}\r\n\r\n`),
      file,
    ]),
    Buffer.from('\r\n--b--\r\n'),
  ]);

describe('a multipart body', () => {
  const aPart = fc.record({
    length: fc.nat(600),
    kind: fc.constantFrom('in one piece', 'in two pieces', 'made'),
  });

  it('is every part behind its head, whatever its parts are made of and however little is read at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aPart, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 120, max: 900 }),
        async (parts, scratch) => {
          const files = parts.map(({ length }, seed) => bytesOf(length, seed));
          const bodies = files.map((file, at) => {
            if (parts[at]?.kind === 'made') return made(file);
            const half = file.length >> 1;
            return parts[at]?.kind === 'in one piece'
              ? stored(file, [[0, file.length]])
              : stored(file, [
                  [0, half],
                  [half, file.length - half],
                ]);
          });
          const body = multipartBody('application/dicom', bodies, 'b');
          const given = Buffer.concat(await sent(body, scratch));
          expect(given.equals(expected(files))).toBe(true);
          expect(body.sizeBytes).toBe(given.length);
        },
      ),
    );
  });

  it('comes in pieces that fill the memory it is read into', async () => {
    const files = Array.from({ length: 40 }, (_, seed) => bytesOf(525, seed));
    const pieces = await sent(
      multipartBody(
        'application/dicom',
        files.map((file) => stored(file, [[0, file.length]])),
        'b',
      ),
      1_000,
    );
    expect(Buffer.concat(pieces).equals(expected(files))).toBe(true);
    expect(pieces.length).toBeLessThan(40);
    expect(pieces.filter(({ length }) => length === 1_000).length).toBeGreaterThan(10);
  });

  it('gives nothing when its first part cannot be read', async () => {
    const broken: Body = storedBody('application/dicom', [[0, 10]], async function* () {
      yield await Promise.reject<Buffer>(new Error('It is damaged'));
    });
    const pieces = multipartBody('application/dicom', [broken], 'b').pieces(Buffer.alloc(500));
    await expect(pieces[Symbol.asyncIterator]().next()).rejects.toThrow('It is damaged');
  });
});
