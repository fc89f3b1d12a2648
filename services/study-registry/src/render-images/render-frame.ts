import { type Failure, failure, type Result, success } from '@yinglian/platform';
import sharp from 'sharp';
import { registryProblems } from '../study-registry.errors.js';
import { numberOf } from './attributes.js';
import { isDecodable } from './decode/decode-frame.js';
import type { VisibleFrame } from './display/display-frame.js';
import type { FrameSource, Window } from './frame-source.js';
import { describeImage, type ImageDescription } from './image-description.js';
import { nativeFrameRange } from './native-frame-range.js';
import { readPalette } from './palette.js';
import { FrameThreads } from './threads/frame-threads.js';

export interface RenderOptions {
  /** Pixels of the longer side at most; smaller images keep their size. */
  readonly maxSide: number;
  /** 1 to 100 for JPEG, default 90. */
  readonly quality?: number;
  readonly mediaType: 'image/jpeg' | 'image/png';
  /** In the unit after rescaling (Hounsfield units for CT); else the image's own. */
  readonly window?: Window;
}

const MIB = 1024 * 1024;
const DECODED_LIMIT_BYTES = 512 * MIB;
const DEFAULT_QUALITY = 90;

const threads = new FrameThreads({ atOnce: 2, timeoutMs: 30_000, keptBytes: 32 * MIB });

// Every picture is another one: libvips need not remember any.
sharp.cache(false);

/**
 * A frame as a picture (PS3.18 section 8.3.5). Fails with NOT_AN_IMAGE, FRAME_NOT_FOUND, or RENDERING_UNSUPPORTED for what
 * is broken, too large (512 MiB decoded) or of a kind that no codec here reads. Two frames are decoded at once, others wait.
 */
export async function renderFrame(source: FrameSource, options: RenderOptions): Promise<Result<Buffer>> {
  const image = describeImage(source.transferSyntaxUid, source.metadata, source.frameNumber);
  if (image === null) return failure(registryProblems.NOT_AN_IMAGE);
  const refusal = refusalOf(source, image);
  if (refusal !== null) return refusal;
  const answer = await threads.display(async () => {
    const bytes = await source.readFrame();
    if (bytes.length === 0) return null;
    const palette = image.photometric === 'PALETTE COLOR' ? await readPalette(source) : null;
    const { firstBit } = nativeFrameRange(image, source.frameNumber);
    return { image: { ...image, firstBit }, palette, window: options.window ?? null, bytes };
  });
  if (answer === null) return failure(registryProblems.FRAME_NOT_FOUND);
  if ('undecodable' in answer) return failure(registryProblems.RENDERING_UNSUPPORTED, answer.undecodable);
  return success(await pictureOf(answer.frame, options));
}

function refusalOf({ metadata, frameNumber }: FrameSource, image: ImageDescription): Failure | null {
  const frames = numberOf(metadata, '00280008') ?? 1;
  if (!Number.isInteger(frameNumber) || frameNumber < 1 || frameNumber > Math.max(frames, 1)) {
    return failure(registryProblems.FRAME_NOT_FOUND);
  }
  if (!isDecodable(image.transferSyntaxUid)) {
    return failure(registryProblems.RENDERING_UNSUPPORTED, `No codec for transfer syntax ${image.transferSyntaxUid}`);
  }
  if (metadata['7FE00010'] === undefined) {
    return failure(registryProblems.RENDERING_UNSUPPORTED, 'Floating point pixels are not shown');
  }
  const bytes = image.rows * image.columns * image.samplesPerPixel * Math.ceil(image.bitsAllocated / 8);
  return bytes <= DECODED_LIMIT_BYTES
    ? null
    : failure(registryProblems.RENDERING_UNSUPPORTED, 'The frame is larger than 512 MiB');
}

async function pictureOf(frame: VisibleFrame, { maxSide, quality, mediaType }: RenderOptions): Promise<Buffer> {
  const { width, height, channels, pixels } = frame;
  const picture = sharp(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length), {
    raw: { width, height, channels },
    limitInputPixels: false,
  })
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const written = mediaType === 'image/png' ? picture.png() : picture.jpeg({ quality: quality ?? DEFAULT_QUALITY });
  return written.toBuffer();
}
