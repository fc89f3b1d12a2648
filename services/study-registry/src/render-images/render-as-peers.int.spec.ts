import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HeaderError } from '@yinglian/dicom';
import { machineHas, peersPython, type RealFile, realFiles } from '@yinglian/testing';
import sharp from 'sharp';
import type { FrameSource, Window } from './frame-source.js';
import { describeImage, type ImageDescription } from './image-description.js';
import { renderFrame } from './render-frame.js';
import { frameOf } from './testing/file-frames.js';

const script = (name: string) => fileURLToPath(new URL(`./testing/${name}`, import.meta.url));
const JPEG = /^1\.2\.840\.10008\.1\.2\.4\.5[017]$/;
/** A grey may be rounded the other way; inverse cosine transforms and conversions of colours differ by a little more. */
const ROUNDING = 1;
const LOSSY_ROUNDING = 4;

/** Files that pydicom refuses; render-frame.int.spec says what becomes of them here. */
const NOT_COMPARED = new Set([
  'GDCMJ2K_TextGBR.dcm',
  'JPEG2000-embedded-sequence-delimiter.dcm',
  'MR_truncated.dcm',
  'badVR.dcm',
]);
/** Larger ones take seconds and show nothing else. */
const MOST_PIXELS = 300_000;

const FUNCTIONS = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const;

interface Asked {
  readonly name: string;
  readonly path: string;
  readonly source: FrameSource;
  readonly window: Window | undefined;
}

/** Some thirty small slices of two patients, all alike. */
const ALIKE = /dicomdirtests/;

/** Real files, and made ones of the kinds that they have not. */
function files(folder: string): Pick<RealFile, 'name' | 'path' | 'bytes'>[] {
  execFileSync(peersPython, [script('make-odd-images.py'), folder]);
  const made = readdirSync(folder).map((name) => ({ name, path: join(folder, name) }));
  return [
    ...realFiles().filter(isCompared),
    ...made.map(({ name, path }) => ({ name, path, bytes: readFileSync(path) })),
  ];
}

/** The first and the last frame of every image by its own window or table, and by one that is asked for, of each function in turn. */
async function questions(folder: string): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { name, path, bytes } of files(folder)) {
    for (const at of ['first', 'last']) {
      const source = await sourceOf(bytes, at);
      const image = source && describeImage(source.transferSyntaxUid, source.metadata, source.frameNumber);
      if (!source || !image || (at === 'last' && source.frameNumber === 1)) continue;
      if (image.rows * image.columns > MOST_PIXELS) continue;
      for (const window of windowsFor(image, asked.length)) {
        asked.push({ name, path, source: withSquarePixels(source), window });
      }
    }
  }
  return asked;
}

const isCompared = ({ name }: RealFile) => !ALIKE.test(name) && !NOT_COMPARED.has(basename(name));

/** So that each pixel is one of the picture. */
const SPACING = new Set(['00280030', '00181164', '00182010', '00280034']);
const withSquarePixels = (source: FrameSource): FrameSource => ({
  ...source,
  metadata: Object.fromEntries(Object.entries(source.metadata).filter(([tag]) => !SPACING.has(tag))),
});

async function sourceOf(bytes: Buffer, at: string): Promise<FrameSource | undefined> {
  try {
    const first = await frameOf(bytes);
    const frames = Number(first.metadata['00280008']?.Value?.[0] ?? 1);
    return at === 'first' ? first : await frameOf(bytes, frames);
  } catch (error) {
    if (error instanceof HeaderError) return undefined;
    throw error;
  }
}

function windowsFor({ window, voiLut, samplesPerPixel, photometric, bitsStored }: ImageDescription, turn: number) {
  if (samplesPerPixel > 1 || photometric === 'PALETTE COLOR') return [undefined];
  const width = Math.max(2 ** Math.min(bitsStored, 12) / 3, 1);
  const voiFunction = FUNCTIONS[turn % FUNCTIONS.length] ?? 'LINEAR';
  const asked = { center: 2 ** (Math.min(bitsStored, 12) - 2), width, voiFunction };
  return window === null && voiLut === null ? [asked] : [undefined, asked];
}

async function ours({ source, window }: Asked): Promise<Buffer | string> {
  const rendered = await renderFrame(source, { mediaType: 'image/png', window });
  if (!rendered.ok) return `${rendered.problem.code} ${rendered.detail ?? ''}`.trim();
  const picture = sharp(rendered.value);
  const { channels } = await picture.metadata();
  return picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();
}

(machineHas('pydicom') ? describe : describe.skip)('pictures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-shown-'));
  let asked: Asked[];
  let answers: { shape?: number[]; error?: string }[];
  beforeAll(async () => {
    asked = await questions(folder);
    const input = asked.map(({ path, source, window }) =>
      JSON.stringify({
        path,
        frame: source.frameNumber,
        window: window === undefined ? null : [window.center, window.width, window.voiFunction],
      }),
    );
    const output = execFileSync(peersPython, [script('show-with-peers.py'), folder], {
      input: input.join('\n'),
      maxBuffer: 2 ** 26,
    });
    answers = output
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are pixel by pixel what pydicom and DCMTK show', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const [number, question] of asked.entries()) {
      const { name, source, window } = question;
      const what = `${basename(name)} frame ${source.frameNumber} ${window?.voiFunction ?? 'as it says'}`;
      const theirs = answers[number];
      const picture = await ours(question);
      if (typeof picture === 'string' || theirs?.error !== undefined) {
        wrong.push(`${what}: ${typeof picture === 'string' ? picture : 'shown'} / ${theirs?.error ?? 'shown'}`);
        continue;
      }
      compared += 1;
      const most = farthest(picture, readFileSync(join(folder, String(number))));
      if (most > (JPEG.test(source.transferSyntaxUid) ? LOSSY_ROUNDING : ROUNDING)) wrong.push(`${what}: ${most}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(140);
  }, 60_000);
});

function farthest(one: Buffer, other: Buffer): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = 0; at < one.length; at += 1) most = Math.max(most, Math.abs((one[at] ?? 0) - (other[at] ?? 0)));
  return most;
}
