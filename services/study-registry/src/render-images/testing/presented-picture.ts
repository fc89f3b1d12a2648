import { readHeader } from '@yinglian/dicom';
import type { Result } from '@yinglian/platform';
import sharp from 'sharp';
import { presentationOf } from '../present/presentation.js';
import { readPresentationState } from '../present/presentation-state.js';
import { type RenderOptions, renderFrame } from '../render-frame.js';
import { frameOf } from './file-frames.js';

/** The picture of a file's first frame as the file of a presentation state shows it; the image is the state's first. */
export async function presentedPicture(
  image: Buffer,
  state: Buffer,
  options: Partial<RenderOptions> = {},
): Promise<Result<Buffer>> {
  const header = await readHeader(state.length, async (from, length) => state.subarray(from, from + length));
  const read = readPresentationState(header);
  if (!read.ok) return read;
  const asked = { sopInstanceUid: read.value.images[0]?.sopInstanceUid ?? '', frame: 1 };
  const presentation = presentationOf(read.value, (await frameOf(state)).readBulk, asked);
  if (!presentation.ok) return presentation;
  return renderFrame(await frameOf(image), { mediaType: 'image/png', ...options, presentation: presentation.value });
}

export interface ShownPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Buffer;
}

export async function pixelsOf(picture: Buffer): Promise<ShownPixels> {
  const read = sharp(picture);
  const { channels: stored } = await read.metadata();
  const space = read.toColourspace(stored === 1 ? 'b-w' : 'srgb');
  const { data, info } = await space.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}
