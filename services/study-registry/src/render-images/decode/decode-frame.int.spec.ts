import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, pydicomFiles } from '@yinglian/testing';
import { describeImage } from '../image-description.js';
import { nativeFrameRange } from '../native-frame-range.js';
import { frameOfFile } from '../testing/file-frames.js';
import { decodeFrame } from './decode-frame.js';

const PEERS = fileURLToPath(new URL('../testing/decode-with-peers.py', import.meta.url));
/** Inverse cosine transforms and the interpolation of chrominance may round differently; everything else is exact. */
const LOSSY_JPEG = '1.2.840.10008.1.2.4.50';
const ROUNDING = 3;

/** What the public files have not: other predictors, lossless colours, 12 bits with detail, interleaving by plane. */
const ENCODED: readonly (readonly [program: string, options: readonly string[], from: string])[] = [
  ...['1', '2', '3', '4', '5', '6', '7'].map((sv) => ['dcmcjpeg', ['+el', '+sv', sv], 'MR_small.dcm'] as const),
  ['dcmcjpeg', ['+e1'], 'examples_overlay.dcm'],
  ['dcmcjpeg', ['+e1'], 'examples_rgb_color.dcm'],
  ['dcmcjpeg', ['+ee'], 'examples_overlay.dcm'],
  ['dcmcjpeg', ['+eb'], 'examples_rgb_color.dcm'],
  ['dcmcjpls', ['+in'], 'examples_rgb_color.dcm'],
  ['dcmcjpls', ['+il'], 'examples_rgb_color.dcm'],
  ['dcmcjpls', ['+en'], 'examples_overlay.dcm'],
];

/** Every transfer syntax of real and encoded files that a peer decodes. */
const SYNTAXES = [
  ...['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2'],
  ...['50', '51', '57', '70', '80', '81', '90', '91'].map((end) => `1.2.840.10008.1.2.4.${end}`),
  '1.2.840.10008.1.2.5',
];

interface Decoded {
  readonly path: string;
  readonly number: number;
  readonly syntax: string;
  readonly frames: number;
}

async function valuesOf(path: string, frameNumber: number): Promise<Int32Array> {
  const source = await frameOfFile(path, frameNumber);
  const image = describeImage(source.transferSyntaxUid, source.metadata, frameNumber);
  if (image === null) throw new Error(`${path} is no image`);
  const { firstBit } = nativeFrameRange(image, frameNumber);
  const { samples } = await decodeFrame({ ...image, firstBit }, await source.readFrame());
  // Doses are unsigned numbers of 32 bits.
  return Int32Array.from(samples, (value) => value | 0);
}

function largestDifference(ours: Int32Array, theirs: Int32Array): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  return ours.reduce((most, value, index) => Math.max(most, Math.abs(value - (theirs[index] ?? 0))), 0);
}

(machineHas('pydicom', 'dcmtk') ? describe : describe.skip)('pixel values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-frames-'));
  let decoded: Decoded[] = [];
  beforeAll(() => {
    const files = pydicomFiles();
    const encoded = ENCODED.map(([program, options, name], index) => {
      const path = join(folder, `encoded-${index}.dcm`);
      execFileSync(program, [...options, files.find((file) => basename(file) === name) ?? '', path], {
        stdio: 'ignore',
      });
      return path;
    });
    const lines = execFileSync(peersPython, [PEERS, folder], {
      input: [...files, ...encoded].join('\n'),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    decoded = lines
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are those that DCMTK, Pillow and numpy decode, in every frame of every real file', async () => {
    const wrong: Record<string, number> = {};
    for (const { path, number, syntax, frames } of decoded) {
      for (let frame = 1; frame <= frames; frame += 1) {
        const bytes = readFileSync(join(folder, `${number}-${frame}`));
        const theirs = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
        const difference = largestDifference(await valuesOf(path, frame), theirs);
        if (difference > (syntax === LOSSY_JPEG ? ROUNDING : 0)) wrong[`${basename(path)} ${frame}`] = difference;
      }
    }
    expect(wrong).toEqual({});
    expect([...new Set(decoded.map(({ syntax }) => syntax))].sort()).toEqual(SYNTAXES.sort());
    expect(decoded.length).toBeGreaterThanOrEqual(85);
  }, 240_000);
});
