import type { ImageDescription } from '../image-description.js';
import { type DecodedFrame, type Samples, UndecodableFrame } from './decoded-frame.js';
import { interleaved, samplesOf } from './samples.js';

const EXPLICIT_BIG_ENDIAN = '1.2.840.10008.1.2.2';

/** Bits of a frame of native pixel data. */
export function nativeFrameBits({
  rows,
  columns,
  samplesPerPixel,
  bitsAllocated,
  photometric,
}: ImageDescription): number {
  // Of two pixels in a row only the first has its own chrominance (PS3.3 section C.7.6.3.1.2).
  const samples = photometric === 'YBR_FULL_422' ? 2 : samplesPerPixel;
  return rows * columns * samples * bitsAllocated;
}

/** Bits that stay together: in big endian, samples of 8 bits in OW are swapped by twos (PS3.5 section A.3). */
export const nativeUnitBits = ({ transferSyntaxUid, bitsAllocated, pixelDataVr }: ImageDescription): 8 | 16 =>
  transferSyntaxUid === EXPLICIT_BIG_ENDIAN && bitsAllocated <= 8 && pixelDataVr === 'OW' ? 16 : 8;

/** A frame of native pixel data (PS3.5 section 8.1), or of encapsulated uncompressed data (section A.4.11). */
export async function decodeNative(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  return { ...shapeOf(image), samples: inPixelOrder(image, nativeSamples(image, bytes, false)) };
}

/** The same in explicit VR big endian. */
export async function decodeBigEndian(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  return { ...shapeOf(image), samples: inPixelOrder(image, nativeSamples(image, bytes, true)) };
}

const shapeOf = ({ columns, rows, samplesPerPixel, bitsStored, photometric }: ImageDescription) => ({
  width: columns,
  height: rows,
  samplesPerPixel,
  bits: bitsStored,
  photometric: photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric,
});

function nativeSamples(image: ImageDescription, bytes: Buffer, bigEndian: boolean): Samples {
  const { bitsAllocated, bitsStored, highBit, signed, firstBit } = image;
  const bits = nativeFrameBits(image);
  const unit = nativeUnitBits(image);
  const length = (Math.ceil((firstBit + bits) / unit) * unit) / 8;
  if (bytes.length < length) throw new UndecodableFrame('The pixel data ends early');
  const ordered = bigEndian ? swapped(image, bytes.subarray(0, length)) : bytes;
  if (bitsAllocated === 1) return unpacked(ordered, firstBit, bits);
  return samplesOf(new Uint8Array(ordered.subarray(firstBit / 8, (firstBit + bits) / 8)), {
    bytesPerSample: bitsAllocated / 8,
    bits: bitsStored,
    shift: highBit + 1 - bitsStored,
    signed,
  });
}

function swapped(image: ImageDescription, bytes: Buffer): Buffer {
  if (image.bitsAllocated === 32) return Buffer.from(bytes).swap32();
  return image.bitsAllocated === 16 || nativeUnitBits(image) === 16 ? Buffer.from(bytes).swap16() : bytes;
}

/** One bit a pixel, the lowest bit of a byte first (PS3.5 section 8.1.1). */
function unpacked(bytes: Buffer, firstBit: number, count: number): Uint8Array {
  const pixels = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const bit = firstBit + index;
    pixels[index] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
  return pixels;
}

function inPixelOrder({ photometric, samplesPerPixel, planar }: ImageDescription, samples: Samples): Samples {
  if (photometric === 'YBR_FULL_422') return chrominanceForEach(samples);
  return planar && samplesPerPixel > 1 ? interleaved(samples, samplesPerPixel) : samples;
}

/** Y Y Cb Cr of two pixels becomes Y Cb Cr, Y Cb Cr. */
function chrominanceForEach(samples: Samples): Samples {
  const full = new Uint8Array((samples.length / 4) * 6);
  for (let from = 0, to = 0; from < samples.length; from += 4, to += 6) {
    const [first = 0, second = 0, blue = 0, red = 0] = samples.subarray(from, from + 4);
    full.set([first, blue, red, second, blue, red], to);
  }
  return full;
}
