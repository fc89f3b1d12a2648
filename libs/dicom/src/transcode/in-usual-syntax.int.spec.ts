import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peerScript, peersPython, runProgram, storableFiles } from '@yinglian/testing';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../data-set/transfer-syntaxes.js';
import { fileMeta } from '../scan/file-meta.js';
import { inExplicitLittleEndian, inUsualSyntax } from './in-usual-syntax.js';

const REWRITTEN = [EXPLICIT_LITTLE_ENDIAN, DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN];

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

(machineHas('pydicom') ? describe : describe.skip)('real files that are written anew', () => {
  const stored = machineHas('pydicom') ? storableFiles() : [];
  const files = stored.filter(({ transferSyntaxUid }) => REWRITTEN.includes(transferSyntaxUid));
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-transcode-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What pydicom finds different in each file, once it is written anew. */
  async function compared(
    of: typeof stored,
    to: string,
    write: (dataSet: AsyncIterable<Buffer>, from: string) => AsyncIterable<Buffer>,
  ) {
    const pairs = await Promise.all(
      of.map(async ({ path, dataSet, transferSyntaxUid, sopClassUid, sopInstanceUid }, place) => {
        const pieces: Buffer[] = [fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: to })];
        for await (const piece of write(inPieces(dataSet, 1_001), transferSyntaxUid)) pieces.push(piece);
        const other = join(folder, `${to}-${place}.dcm`);
        await writeFile(other, Buffer.concat(pieces));
        return [path, other];
      }),
    );
    const { stdout, output } = await runProgram(peersPython, [peerScript('pydicom-compare.py'), ...pairs.flat()]);
    const lines = stdout.trim().split('\n');
    if (lines.length !== of.length) throw new Error(output);
    return lines.map((line, place) => ({ name: of[place]?.name, ...JSON.parse(line) }));
  }

  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])('in %s say to pydicom what they said', async (to) => {
    const found = await compared(files, to, (dataSet, from) => inUsualSyntax(dataSet, from, to));
    const bySyntax = Object.groupBy(files, ({ transferSyntaxUid }) => transferSyntaxUid);
    expect(Object.keys(bySyntax).sort()).toEqual([...REWRITTEN].sort());
    expect(found).toEqual(files.map(({ name }) => ({ name, syntax: to, different: [], samePixels: true })));
  });

  it('in explicit VR say what they said in implicit VR', async () => {
    const implicit = stored.filter(({ transferSyntaxUid }) => transferSyntaxUid === IMPLICIT_LITTLE_ENDIAN);
    expect(implicit.length).toBeGreaterThan(5);
    const to = EXPLICIT_LITTLE_ENDIAN;
    expect(await compared(implicit, to, inExplicitLittleEndian)).toEqual(
      implicit.map(({ name }) => ({ name, syntax: to, different: [], samePixels: true })),
    );
  });
});
