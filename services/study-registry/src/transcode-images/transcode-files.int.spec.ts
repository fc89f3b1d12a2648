import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXPLICIT_LITTLE_ENDIAN } from '@yinglian/dicom';
import { ProblemError } from '@yinglian/platform';
import { ctSeries, fileOf, machineHas, peerScript, peersPython, pydicomFiles, runProgram } from '@yinglian/testing';
import { describeImage } from '../render-images/image-description.js';
import { frameOf } from '../render-images/testing/file-frames.js';
import { targetSyntaxes } from './encode/target-syntaxes.js';
import { FileStore } from './testing/file-store.js';
import { Transcoder } from './transcoder.js';

const COMPARE = fileURLToPath(new URL('./testing/compare-with-peers.py', import.meta.url));
const LOSSY_JPEG = '1.2.840.10008.1.2.4.50';
/** Inverse cosine transforms and the interpolation of chrominance may round differently; everything else is exact. */
const ROUNDING = 3;
/** What may be said otherwise: photometric interpretation, planar configuration, high bit, that something was lost. */
const DESCRIPTION = new Set(['(0028,0004)', '(0028,0006)', '(0028,0102)', '(0028,2110)']);
/** These are given in every syntax: grey of 8, 12, 14 and 16 bits, signed and not, colours of all kinds, several frames, odd sizes. */
const EVERY_SYNTAX = [
  ...[
    'MR_small_bigendian.dcm',
    'MR_small_implicit.dcm',
    'examples_overlay.dcm',
    'image_dfl.dcm',
    '693_J2KI.dcm',
    '6154',
  ],
  ...[
    'examples_palette.dcm',
    'examples_rgb_color.dcm',
    'ExplVR_BigEnd.dcm',
    'SC_rgb_small_odd.dcm',
    'SC_rgb_jpeg_gdcm.dcm',
  ],
  ...['SC_ybr_full_422_uncompressed.dcm', 'SC_rgb_rle_16bit_2frame.dcm', 'rtdose.dcm', 'JPEG-lossy.dcm'],
];

interface Made {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly other: string;
}

interface Said {
  readonly syntax: string;
  readonly photometric: string;
  readonly planar: number | null;
  /** Bits above the value's. */
  readonly highBit: number;
  readonly lossy: string | null;
  readonly difference: number | null;
  readonly different: readonly string[];
  readonly structure: string;
}

/** One file of each kind of pixels. */
async function kindsOfImages(paths: readonly string[]): Promise<Map<string, string>> {
  const kinds = new Map<string, string>();
  for (const path of paths) {
    const source = await frameOf(readFileSync(path)).catch(() => undefined);
    const image = source && describeImage(source.transferSyntaxUid, source.metadata, 1);
    if (!image) continue;
    const { transferSyntaxUid, photometric, samplesPerPixel, bitsAllocated, bitsStored, signed, planar, columns } =
      image;
    const many = source.metadata['00280008']?.Value?.[0];
    const isOdd = columns % 2;
    const kind = [
      transferSyntaxUid,
      photometric,
      samplesPerPixel,
      bitsAllocated,
      bitsStored,
      signed,
      planar,
      many,
      isOdd,
    ];
    if (!kinds.has(kind.join())) kinds.set(kind.join(), path);
  }
  return kinds;
}

(machineHas('pydicom', 'dcmtk') ? describe : describe.skip)('files in another transfer syntax', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-transcoded-'));
  const made: Made[] = [];
  const refused: [name: string, to: string, code: string, why: string][] = [];
  let store: FileStore;

  beforeAll(async () => {
    store = await FileStore.open();
    const transcoder = new Transcoder(store.bytes);
    const kinds = [...(await kindsOfImages(pydicomFiles())).values()];
    for (const path of kinds) {
      const instance = await store.keep(readFileSync(path)).catch(() => undefined);
      if (instance === undefined) continue;
      const isGivenInAll = EVERY_SYNTAX.includes(basename(path));
      const targets = transcoder
        .targetsOf(instance)
        .filter(({ uid }) => isGivenInAll || uid === EXPLICIT_LITTLE_ENDIAN);
      for (const target of targets) {
        try {
          const pieces: Buffer[] = [];
          const body = transcoder.file(instance, target, 'application/dicom');
          for await (const piece of body.pieces(Buffer.alloc(0))) pieces.push(piece);
          const other = join(folder, `${made.length}.dcm`);
          writeFileSync(other, Buffer.concat(pieces));
          made.push({ name: basename(path), from: instance.transferSyntaxUid, to: target.uid, path, other });
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          refused.push([basename(path), target.uid.slice(-3), error.problem.code, error.detail ?? '']);
        }
      }
    }
  }, 120_000);
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('have the same pixels for DCMTK, numpy and OpenJPEG, and say the same of everything else', async () => {
    const input = made.map(({ path, other }) => `${path}\t${other}`).join('\n');
    const { code, stdout, output } = await runProgram(peersPython, [COMPARE, peerScript('pydicom-compare.py')], input);
    if (code !== 0) throw new Error(output);
    const said: Said[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(said.length).toBe(made.length);
    const wrong = said.flatMap((each, at) => {
      const { name, from, to } = made[at] ?? {};
      const rounded = from === LOSSY_JPEG ? ROUNDING : 0;
      const isRight =
        each.syntax === to &&
        each.structure === '' &&
        each.highBit === 0 &&
        each.different.every((path) => DESCRIPTION.has(path)) &&
        (each.difference ?? 256) <= rounded;
      return isRight ? [] : [{ name, from, to, ...each }];
    });
    // The peers read no pixels of these, stored or not.
    expect([...new Set(wrong.map(({ name, difference }) => `${name} ${difference}`))]).toEqual([
      'GDCMJ2K_TextGBR.dcm null',
    ]);
    expect(new Set(made.map(({ to }) => to))).toEqual(new Set(targetSyntaxes.keys()));
    expect(new Set(made.map(({ from }) => from)).size).toBeGreaterThan(10);
    const described = said.map(
      ({ photometric, planar, lossy }, at) =>
        `${made[at]?.name} ${made[at]?.to.slice(-3)} ${photometric} ${planar} ${lossy}`,
    );
    expect(described).toEqual(
      expect.arrayContaining([
        'examples_rgb_color.dcm 2.5 RGB 1 null',
        'examples_rgb_color.dcm .80 RGB 0 null',
        'examples_rgb_color.dcm .90 YBR_RCT 0 null',
        'SC_ybr_full_422_uncompressed.dcm 2.5 YBR_FULL 1 01',
        'examples_ybr_color.dcm 2.1 RGB 0 01',
        'JPEG-lossy.dcm .80 MONOCHROME2 null 01',
      ]),
    );
  }, 120_000);

  it('keep every byte before and behind the pixels of an explicit VR data set', async () => {
    const [slice] = ctSeries(1).slices;
    if (slice === undefined) throw new Error('There is no slice');
    const padding = Buffer.concat([Buffer.from('fcfffcff4f420000', 'hex'), Buffer.from([4, 0, 0, 0, 1, 2, 3, 4])]);
    const instance = await store.keep(Buffer.concat([fileOf(slice), padding]));
    const before = slice.dataSet.subarray(0, (instance.pixels?.offset ?? 0) - 12 - instance.dataSetOffset);
    for (const target of [...targetSyntaxes.values()].filter(({ isNative }) => !isNative)) {
      const file = await buffer(new Transcoder(store.bytes).file(instance, target, '').pieces(Buffer.alloc(0)));
      const at = file.indexOf(before);
      expect([target.name, at > 132, file.subarray(at + before.length).toString('hex', 0, 12)]).toEqual([
        target.name,
        true,
        'e07f10004f420000ffffffff',
      ]);
      expect(file.subarray(-padding.length).equals(padding)).toBe(true);
    }
  });

  it('are refused where a codec does not take them, or they are broken', () => {
    const code = 'TRANSCODING_UNSUPPORTED';
    expect(refused).toEqual([
      ['JPEG2000-embedded-sequence-delimiter.dcm', '2.1', code, expect.stringMatching('disagree about the size')],
      ['SC_rgb_rle_16bit_2frame.dcm', '.90', code, 'JPEG 2000 (Lossless Only) is not made of 16 bits in 16'],
      ['SC_rgb_rle_16bit_2frame.dcm', '201', code, expect.stringMatching('is not made of 16 bits in 16')],
      ['SC_ybr_full_422_uncompressed.dcm', '.90', code, 'Of colours, JPEG 2000 is made of RGB alone'],
      ['SC_ybr_full_422_uncompressed.dcm', '201', code, 'Of colours, JPEG 2000 is made of RGB alone'],
      ...['.70', '.80', '.90', '201'].map((to) => ['rtdose.dcm', to, code, expect.stringMatching('32 bits in 32')]),
    ]);
  });
});
