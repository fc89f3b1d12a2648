import type { ImageDescription } from '../image-description.js';
import { UndecodableFrame } from './decoded-frame.js';

/** What a JPEG or JPEG-LS codestream says about itself before its first scan (ITU-T T.81 annex B, T.87 annex C). */
export interface JpegHeader {
  /** SOF0 to SOF15 are 0xc0 to 0xcf; JPEG-LS has 0xf7. */
  readonly frameType: number;
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** A JFIF or Adobe marker tells which colours were compressed. */
  readonly namesColours: boolean;
}

const SOI = 0xd8;
const SOS = 0xda;
const JPEG_LS = 0xf7;
const JFIF = 0xe0;
const ADOBE = 0xee;
const ADOBE_BYTES = 14;
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

export function jpegHeader(bytes: Buffer): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new UndecodableFrame('There is no JPEG');
  let namesColours = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === SOS) break;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) || marker === JPEG_LS;
    if (isFrame && at + 10 <= bytes.length) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      const [precision, components] = [bytes[at + 4] ?? 0, bytes[at + 9] ?? 0];
      return { frameType: marker, precision, width, height, components, namesColours };
    }
    // Decoders overlook an Adobe marker that is too short.
    if (marker === JFIF || (marker === ADOBE && length >= ADOBE_BYTES)) namesColours = true;
    at += 2 + length;
  }
  throw new UndecodableFrame('The JPEG has no frame header');
}

/** What a codestream holds must be what the data set says, so that its size is bounded before it is decoded. */
export function checkShape(
  { width, height, components }: { width: number; height: number; components: number },
  { columns, rows, samplesPerPixel }: ImageDescription,
): void {
  if (width !== columns || height !== rows || components !== samplesPerPixel) {
    throw new UndecodableFrame('The codestream and the data set disagree about the size of the image');
  }
}

/** Decoders fill up a codestream that was cut off; an image that is half missing is not to be shown. */
export function checkEnd(bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  const isWhole = end >= 0 && bytes.subarray(end + 2).every((byte) => byte === 0 || byte === 0xff);
  if (!isWhole) throw new UndecodableFrame('The codestream ends early');
}
