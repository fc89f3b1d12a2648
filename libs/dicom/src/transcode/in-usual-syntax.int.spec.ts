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
import { inUsualSyntax } from './in-usual-syntax.js';

const REWRITTEN = [EXPLICIT_LITTLE_ENDIAN, DEFLATED_LITTLE_ENDIAN, EXPLICIT_BIG_ENDIAN];

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

(machineHas('pydicom') ? describe : describe.skip)('real files that are written anew', () => {
  const files = machineHas('pydicom')
    ? storableFiles().filter(({ transferSyntaxUid }) => REWRITTEN.includes(transferSyntaxUid))
    : [];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-transcode-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])('in %s say to pydicom what they said', async (to) => {
    const pairs = await Promise.all(
      files.map(async ({ path, dataSet, transferSyntaxUid, sopClassUid, sopInstanceUid }, place) => {
        const pieces: Buffer[] = [fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: to })];
        for await (const piece of inUsualSyntax(inPieces(dataSet, 1_001), transferSyntaxUid, to)) pieces.push(piece);
        const other = join(folder, `${to}-${place}.dcm`);
        await writeFile(other, Buffer.concat(pieces));
        return [path, other];
      }),
    );
    const { stdout, output } = await runProgram(peersPython, [peerScript('pydicom-compare.py'), ...pairs.flat()]);
    const compared = stdout.trim().split('\n');
    if (compared.length !== files.length) throw new Error(output);
    const bySyntax = Object.groupBy(files, ({ transferSyntaxUid }) => transferSyntaxUid);
    expect(Object.keys(bySyntax).sort()).toEqual([...REWRITTEN].sort());
    expect(compared.map((line, place) => ({ name: files[place]?.name, ...JSON.parse(line) }))).toEqual(
      files.map(({ name }) => ({ name, syntax: to, different: [], samePixels: true })),
    );
  });
});
