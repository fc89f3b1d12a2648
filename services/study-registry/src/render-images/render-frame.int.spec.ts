import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HeaderError } from '@yinglian/dicom';
import { machineHas, realFiles } from '@yinglian/testing';
import sharp from 'sharp';
import type { FrameSource } from './frame-source.js';
import { describeImage } from './image-description.js';
import { renderFrame } from './render-frame.js';
import { frameOf } from './testing/file-frames.js';
import { placed, within } from './viewport.js';

const THUMBNAIL = { viewport: within(128), mediaType: 'image/jpeg' } as const;

const NOWHERE = { width: 0, height: 0 };

/** Images that nobody can show. */
const BROKEN: Readonly<Record<string, string>> = {
  'JPEG2000-embedded-sequence-delimiter.dcm':
    'RENDERING_UNSUPPORTED The codestream and the data set disagree about the size of the image',
  'MR_truncated.dcm': 'RENDERING_UNSUPPORTED The pixel data ends early',
};

async function sourceOf(bytes: Buffer): Promise<FrameSource | undefined> {
  try {
    return await frameOf(bytes);
  } catch (error) {
    if (error instanceof HeaderError) return undefined;
    throw error;
  }
}

async function outcomeOf(source: FrameSource): Promise<string> {
  const rendered = await renderFrame(source, THUMBNAIL);
  if (!rendered.ok) return `${rendered.problem.code} ${rendered.detail ?? ''}`.trim();
  const { format, width, height } = await sharp(rendered.value).metadata();
  return `${format} ${width} x ${height}`;
}

function expectedOf(name: string, { transferSyntaxUid, metadata }: FrameSource): string {
  const image = describeImage(transferSyntaxUid, metadata, 1);
  if (image === null) return 'NOT_AN_IMAGE';
  const { columns, rows, pixelHeight } = image;
  const { width, height } = placed(within(128), { width: columns, height: rows }, pixelHeight) ?? NOWHERE;
  return BROKEN[basename(name)] ?? `jpeg ${width} x ${height}`;
}

(machineHas('pydicom') ? describe : describe.skip)('thumbnails of real files', () => {
  it('shows every image, within 128 pixels and in its proportions', async () => {
    const expected: Record<string, string> = {};
    const actual: Record<string, string> = {};
    let images = 0;
    for (const { name, bytes } of realFiles()) {
      const source = await sourceOf(bytes);
      if (source === undefined) continue;
      expected[name] = expectedOf(name, source);
      actual[name] = await outcomeOf(source);
      if (actual[name].startsWith('jpeg')) images += 1;
    }
    expect(actual).toEqual(expected);
    expect(images).toBeGreaterThanOrEqual(90);
  });
});
