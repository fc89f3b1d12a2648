import sharp from 'sharp';
import type { Lettering } from './annotate/lettering.js';
import type { VisibleFrame } from './display/visible-frame.js';
import type { Placement } from './viewport.js';

export type PictureType = 'image/jpeg' | 'image/png';

export interface PictureOptions {
  readonly mediaType: PictureType;
  readonly quality?: number | undefined;
  /** Laid upon the picture. */
  readonly letters?: readonly Lettering[];
  /** After that it is given up. */
  readonly timeoutSeconds?: number;
}

const DEFAULT_QUALITY = 90;
/** From there on, who asks for quality sees whole colours rather than a small file. */
const WHOLE_COLOURS = 90;

// Every picture is another one: libvips need not remember any.
sharp.cache(false);

/** The pixels as they are to be placed, written as JPEG or PNG. */
export async function pictureOf(
  { width, height, channels, pixels }: VisibleFrame,
  placement: Placement,
  { mediaType, quality = DEFAULT_QUALITY, letters = [], timeoutSeconds = 0 }: PictureOptions,
): Promise<Buffer> {
  const picture = sharp(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length), {
    raw: { width, height, channels },
    limitInputPixels: false,
  })
    .extract(placement.region)
    .flop(placement.mirrorsLeftRight)
    .flip(placement.mirrorsTopBottom)
    .resize({ width: placement.width, height: placement.height, fit: 'fill' })
    .composite([...letters])
    .removeAlpha()
    .timeout({ seconds: timeoutSeconds })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
  if (mediaType === 'image/png') return picture.png().toBuffer();
  return picture.jpeg({ quality, chromaSubsampling: quality >= WHOLE_COLOURS ? '4:4:4' : '4:2:0' }).toBuffer();
}
