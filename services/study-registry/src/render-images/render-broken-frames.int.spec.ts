import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import { machineHas, pydicomFiles } from '@yinglian/testing';
import type { FrameSource } from './frame-source.js';
import { renderFrame } from './render-frame.js';
import { frameOfFile } from './testing/file-frames.js';
import { within } from './viewport.js';

const THUMBNAIL = { viewport: within(64), mediaType: 'image/jpeg' } as const;

const GREY: DicomJson = {
  '00280002': { vr: 'US', Value: [1] },
  '00280004': { vr: 'CS', Value: ['MONOCHROME2'] },
  '00280010': { vr: 'US', Value: [4] },
  '00280011': { vr: 'US', Value: [4] },
  '00280100': { vr: 'US', Value: [8] },
  '00280101': { vr: 'US', Value: [8] },
  '7FE00010': { vr: 'OW', BulkDataURI: 'bulkdata/7FE00010' },
};

const greyFrame = (change: Partial<FrameSource>): FrameSource => ({
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  metadata: GREY,
  frameNumber: 1,
  readFrame: async () => Buffer.alloc(16, 100),
  readBulk: async () => Buffer.alloc(0),
  ...change,
});

async function outcomeOf(source: FrameSource): Promise<string> {
  const rendered = await renderFrame(source, THUMBNAIL);
  return rendered.ok ? 'shown' : `${rendered.problem.code} ${rendered.detail ?? ''}`.trim();
}

describe('what cannot be rendered', () => {
  it.each<[string, string, Partial<FrameSource>]>([
    ['an instance without pixels', 'NOT_AN_IMAGE', { metadata: {} }],
    ['a frame before the first', 'FRAME_NOT_FOUND', { frameNumber: 0 }],
    ['a frame after the last', 'FRAME_NOT_FOUND', { frameNumber: 2 }],
    ['a frame that is not in the file', 'FRAME_NOT_FOUND', { readFrame: async () => Buffer.alloc(0) }],
    [
      'video',
      'RENDERING_UNSUPPORTED No codec for transfer syntax 1.2.840.10008.1.2.4.102',
      { transferSyntaxUid: '1.2.840.10008.1.2.4.102' },
    ],
    [
      'a frame of more than 512 MiB',
      'RENDERING_UNSUPPORTED The frame is larger than 512 MiB',
      {
        metadata: { ...GREY, '00280010': { vr: 'US', Value: [65535] }, '00280011': { vr: 'US', Value: [65535] } },
      },
    ],
    [
      'fewer pixels than there should be',
      'RENDERING_UNSUPPORTED The pixel data ends early',
      { readFrame: async () => Buffer.alloc(15) },
    ],
    [
      'colours of a palette that is missing',
      'RENDERING_UNSUPPORTED The palette is missing or broken',
      { metadata: { ...GREY, '00280004': { vr: 'CS', Value: ['PALETTE COLOR'] } } },
    ],
    [
      'samples of 64 bits',
      'RENDERING_UNSUPPORTED Samples of 8 bytes are not read',
      {
        metadata: { ...GREY, '00280100': { vr: 'US', Value: [64] }, '00280101': { vr: 'US', Value: [64] } },
        readFrame: async () => Buffer.alloc(128),
      },
    ],
    [
      'more bits than the samples have',
      'RENDERING_UNSUPPORTED Bits Stored and High Bit do not fit Bits Allocated',
      { metadata: { ...GREY, '00280101': { vr: 'US', Value: [12] }, '00280102': { vr: 'US', Value: [11] } } },
    ],
    [
      'floating point pixels',
      'RENDERING_UNSUPPORTED Floating point pixels are not shown',
      {
        metadata: Object.fromEntries(
          Object.entries(GREY).map(([tag, element]) => [tag === '7FE00010' ? '7FE00008' : tag, element]),
        ),
      },
    ],
  ])('is said of %s', async (_, expected, change) => {
    expect(await outcomeOf(greyFrame(change))).toBe(expected);
  });

  it('does not stand in the way of what is read next', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        outcomeOf(greyFrame(index % 2 === 0 ? {} : { readFrame: async () => Buffer.alloc(15) })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'shown')).toHaveLength(10);
  });

  it('is what comes when a hundred others wait, unless its answer has begun', async () => {
    const gate = Promise.withResolvers<Buffer>();
    const held = Array.from({ length: 103 }, () => outcomeOf(greyFrame({ readFrame: () => gate.promise })));
    expect(await outcomeOf(greyFrame({}))).toBe('UNAVAILABLE Too many pictures are wanted at once');
    const continued = renderFrame(greyFrame({}), { ...THUMBNAIL, isContinued: true });
    gate.resolve(Buffer.alloc(16, 100));
    expect([...new Set(await Promise.all(held)), (await continued).ok]).toEqual(['shown', true]);
    expect(await outcomeOf(greyFrame({}))).toBe('shown');
  });

  it('does not hide that a store cannot be read', async () => {
    const away = greyFrame({ readFrame: () => Promise.reject(new Error('The store is away')) });
    await expect(renderFrame(away, THUMBNAIL)).rejects.toThrow('The store is away');
  });
});

(machineHas('pydicom') ? describe : describe.skip)('compressed frames of real files', () => {
  /** One file of each codec. */
  const FILES = [
    ...['SC_rgb_jpeg_dcmtk.dcm', 'JPGExtended.dcm', 'SC_rgb_jpeg_gdcm.dcm', 'MR_small_jpeg_ls_lossless.dcm'],
    ...['MR_small_jp2klossless.dcm', 'GDCMJ2K_TextGBR.dcm', 'MR_small_RLE.dcm'],
  ];
  const paths = machineHas('pydicom') ? pydicomFiles() : [];
  const pathOf = (name: string) => paths.find((path) => basename(path) === name) ?? '';

  it.each(FILES)('are refused when they end early: %s', async (name) => {
    const source = await frameOfFile(pathOf(name));
    const whole = await source.readFrame();
    for (const part of [0.02, 0.3, 0.6, 0.95]) {
      const readFrame = async () => whole.subarray(0, Math.ceil(whole.length * part));
      expect(`${part} ${await outcomeOf({ ...source, readFrame })}`).toContain('RENDERING_UNSUPPORTED');
    }
  });

  it.each(FILES)('are shown or refused, but always answered, when bytes are wrong: %s', async (name) => {
    const source = await frameOfFile(pathOf(name));
    const whole = await source.readFrame();
    // A fixed sequence: what fails once fails again.
    let state = 42;
    const next = (limit: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state % limit;
    };
    for (let round = 0; round < 12; round += 1) {
      const broken = Buffer.from(whole);
      for (let change = 0; change < 5; change += 1) broken[next(broken.length)] = next(256);
      expect(await outcomeOf({ ...source, readFrame: async () => broken })).toMatch(/^shown$|^RENDERING_UNSUPPORTED/);
    }
  });
});
