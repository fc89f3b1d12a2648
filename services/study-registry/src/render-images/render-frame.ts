import { type Failure, failure, platformProblems, type Result, Slots, success } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';
import { type Annotation, annotationLines } from './annotate/annotation-lines.js';
import { type Lettering, letterings } from './annotate/lettering.js';
import { numberOf } from './attributes.js';
import { isDecodable } from './decode/decode-frame.js';
import type { FrameSource, Window } from './frame-source.js';
import { describeImage, type ImageDescription } from './image-description.js';
import { nativeFrameRange } from './native-frame-range.js';
import { readOverlays } from './overlays.js';
import { readPalette } from './palette.js';
import { type PictureType, pictureOf } from './picture.js';
import { drawings } from './present/drawings.js';
import { placedArea } from './present/placed-area.js';
import { asPresented, notShown, type Presentation, presentedPixels } from './present/presentation.js';
import { presentedOverlays } from './present/presented-overlays.js';
import { sharedThreads } from './threads/shared-threads.js';
import { type Placement, placed, type Viewport, within } from './viewport.js';

export interface RenderOptions {
  readonly mediaType: PictureType;
  /** 1 to 100 for JPEG, default 90. */
  readonly quality?: number | undefined;
  /** Of monochrome images; else the image's own. */
  readonly window?: Window | undefined;
  /** Else the whole image in its own size. */
  readonly viewport?: Viewport | undefined;
  /** The answer has begun: it waits, however many others do. */
  readonly isContinued?: boolean;
  /** Written on the picture; nothing, if nothing is said. */
  readonly annotation?: readonly Annotation[] | undefined;
  /** As somebody has seen the frame, in place of what the image says. */
  readonly presentation?: Presentation | undefined;
  /** After so long what somebody has drawn is given up; 30, if nothing is said. */
  readonly drawingSeconds?: number;
}

/** What somebody has drawn takes a moment; a thousand long lines across a large picture take more. */
const DRAWING_SECONDS = 30;
const MIB = 1024 * 1024;
const DECODED_LIMIT_BYTES = 512 * MIB;

/** As long may a side become when its pixels are to be squares, unless it is longer anyway. */
const WIDENED_PIXELS = 8_192;

/** Frames that are in memory at once, from their bytes to the finished picture. */
const pictures = new Slots(3);
/** Who comes then is asked to come again, unless an answer would break off. Each answer has one frame in the queue at most. */
const WAITING_AT_MOST = 100;
let waiting = 0;

/**
 * A frame as a picture (PS3.18 section 8.3.5). Fails with NOT_AN_IMAGE, FRAME_NOT_FOUND, VIEWPORT_INVALID, UNAVAILABLE when a hundred
 * others wait, or RENDERING_UNSUPPORTED for what is broken, too large (512 MiB decoded) or of a kind that no codec here reads. Two frames
 * are decoded at once.
 */
export async function renderFrame(source: FrameSource, options: RenderOptions): Promise<Result<Buffer>> {
  const described = describeImage(source.transferSyntaxUid, source.metadata, source.frameNumber);
  if (described === null) return failure(registryProblems.NOT_AN_IMAGE);
  const refusal = refusalOf(source, described);
  if (refusal !== null) return refusal;
  const { presentation, viewport } = options;
  const shown = presentation === undefined ? success(described) : asPresented(described, presentation);
  if (!shown.ok) return shown;
  const image = shown.value;
  const placement =
    presentation === undefined ? placedWhole(image, viewport) : placedArea(image, presentation, viewport);
  if (placement === null) return failure(registryProblems.VIEWPORT_INVALID, 'The region lies beside the image');
  if (waiting >= WAITING_AT_MOST && options.isContinued !== true) {
    return failure(platformProblems.UNAVAILABLE, 'Too many pictures are wanted at once');
  }
  waiting += 1;
  return pictures.run(() => {
    waiting -= 1;
    return render(source, image, placement, options);
  });
}

function placedWhole({ columns: width, rows: height, pixelHeight }: ImageDescription, viewport: Viewport | undefined) {
  return placed(viewport ?? within(Math.max(width, height, WIDENED_PIXELS)), { width, height }, pixelHeight);
}

async function render(
  source: FrameSource,
  image: ImageDescription,
  placement: Placement,
  options: RenderOptions,
): Promise<Result<Buffer>> {
  const answer = await sharedThreads.display(async () => {
    const bytes = await source.readFrame();
    if (bytes.length === 0) return null;
    const palette = image.photometric === 'PALETTE COLOR' ? await readPalette(source) : null;
    const { firstBit } = nativeFrameRange(image, source.frameNumber);
    const { presentation } = options;
    const overlays = await (presentation === undefined
      ? readOverlays(source)
      : presentedOverlays(source, presentation));
    const presented = presentation && presentedPixels(presentation);
    return { image: { ...image, firstBit }, palette, window: options.window ?? null, overlays, bytes, presented };
  });
  if (answer === null) return failure(registryProblems.FRAME_NOT_FOUND);
  if ('undecodable' in answer) return failure(registryProblems.RENDERING_UNSUPPORTED, answer.undecodable);
  const { presentation } = options;
  const isGrey = answer.frame.channels === 1;
  const drawn = presentation === undefined ? success([]) : await drawings(presentation, placement, isGrey);
  if (!drawn.ok) return drawn;
  const letters = [...drawn.value, ...(await lettersOf(source, image, placement, options))];
  if (drawn.value.length === 0) return success(await pictureOf(answer.frame, placement, { ...options, letters }));
  return unlessTooLong(
    pictureOf(answer.frame, placement, {
      ...options,
      letters,
      timeoutSeconds: options.drawingSeconds ?? DRAWING_SECONDS,
    }),
  );
}

/** The picture, or that drawing it took too long. */
async function unlessTooLong(picture: Promise<Buffer>): Promise<Result<Buffer>> {
  try {
    return success(await picture);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout')) return notShown('Drawing it takes too long');
    throw error;
  }
}

async function lettersOf(
  { metadata, frameNumber }: FrameSource,
  image: ImageDescription,
  placement: Placement,
  { annotation = [], window }: RenderOptions,
): Promise<readonly Lettering[]> {
  if (annotation.length === 0) return [];
  const isGrey = image.samplesPerPixel === 1 && image.photometric !== 'PALETTE COLOR';
  const shown = isGrey ? (window ?? image.window) : null;
  return letterings(annotationLines(annotation, { metadata, frameNumber, window: shown }), placement);
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
