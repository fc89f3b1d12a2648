import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filesTogether, type HeadedFile, type ReadPack } from './files-together.js';

const END = Buffer.from('--end--');
const packOf = (seed: number) => Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 7 + seed * 31) % 251));
const packs = new Map([0, 1, 2].map((seed) => [`pack ${seed}`, packOf(seed)]));

const readPack: ReadPack = async (digest, into, position) => {
  await Promise.resolve();
  packs.get(digest)?.copy(into, 0, position);
};

/** What is sent, with what each piece is until the next one is asked for. */
async function sent(files: readonly HeadedFile[], scratchBytes: number, read = readPack): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  for await (const piece of filesTogether(files, END, Buffer.alloc(scratchBytes), read)) {
    const then = Buffer.from(piece);
    // Reading ahead goes on while a piece is sent.
    await new Promise((go) => setImmediate(go));
    expect(piece.equals(then)).toBe(true);
    pieces.push(then);
  }
  return pieces;
}

const expected = (files: readonly HeadedFile[]) =>
  Buffer.concat([
    ...files.flatMap(({ head, digest, offset, length }) => [
      head,
      packs.get(digest)?.subarray(offset, offset + length) ?? Buffer.alloc(0),
    ]),
    END,
  ]);

const behindOneAnother = (files: readonly HeadedFile[]): HeadedFile[] =>
  files.map((file, at) => ({
    ...file,
    digest: 'pack 1',
    length: file.length >> 3,
    offset: files.slice(0, at).reduce((sum, { length }) => sum + (length >> 3), 0),
  }));

/** Files of a pack one behind the other, as packs are written. */
const inARow = (count: number, length: number): HeadedFile[] =>
  Array.from({ length: count }, (_, at) => ({
    head: Buffer.from(`--head ${at}--`),
    digest: 'pack 0',
    offset: at * length,
    length,
  }));

describe('files as they lie in packs', () => {
  const aFile = fc.record({
    head: fc.string({ minLength: 1, maxLength: 40 }).map((text) => Buffer.from(text)),
    digest: fc.constantFrom(...packs.keys()),
    offset: fc.nat(2_000),
    length: fc.nat(2_000),
  });

  it('are their bytes behind their heads, wherever they lie and however little is read at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aFile, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        fc.integer({ min: 400, max: 3_000 }),
        async (files, together, scratchBytes) => {
          const placed = together ? behindOneAnother(files) : files;
          expect(Buffer.concat(await sent(placed, scratchBytes)).equals(expected(placed))).toBe(true);
        },
      ),
    );
  });

  it('are read with one call a piece where they follow one another', async () => {
    const files = inARow(30, 100);
    let readings = 0;
    const pieces = await sent(files, 2_000, (...read) => {
      readings += 1;
      return readPack(...read);
    });
    expect(Buffer.concat(pieces).equals(expected(files))).toBe(true);
    expect(pieces.length).toBe(4);
    expect(readings).toBe(4);
  });

  it('are read one call behind the other, and none when the last piece is taken back', async () => {
    let underWay = 0;
    let most = 0;
    const slow: ReadPack = async (...read) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((go) => setTimeout(go, 5));
      await readPack(...read);
      underWay -= 1;
    };
    const pieces = filesTogether(inARow(30, 100), END, Buffer.alloc(800), slow);
    await pieces.next();
    await pieces.next();
    expect(underWay).toBe(1);
    await pieces.return(undefined);
    expect(underWay).toBe(0);
    expect(most).toBe(1);
  });

  it('end where they cannot be read, behind what could be', async () => {
    const broken: ReadPack = async (digest, into, position) => {
      if (position + into.length > 1_000) throw new Error('It is damaged');
      await readPack(digest, into, position);
    };
    const pieces: Buffer[] = [];
    const reading = async () => {
      for await (const piece of filesTogether(inARow(30, 100), END, Buffer.alloc(800), broken))
        pieces.push(Buffer.from(piece));
    };
    await expect(reading()).rejects.toThrow('It is damaged');
    const given = Buffer.concat(pieces);
    expect(given.length).toBeGreaterThan(700);
    expect(given.equals(expected(inARow(30, 100)).subarray(0, given.length))).toBe(true);
  });

  it('give no head when the first of them cannot be read', async () => {
    const pieces = filesTogether(inARow(1, 100), END, Buffer.alloc(800), () =>
      Promise.reject(new Error('It is damaged')),
    );
    await expect(pieces.next()).rejects.toThrow('It is damaged');
  });
});
