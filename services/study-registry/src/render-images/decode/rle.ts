import type { ImageDescription } from '../image-description.js';
import { type DecodedFrame, UndecodableFrame } from './decoded-frame.js';
import { samplesOf } from './samples.js';

const HEADER_BYTES = 64;
const MOST_SEGMENTS = 15;

/** A frame in RLE Lossless (PS3.5 annex G): a segment for each byte of each sample, the highest byte first. */
export async function decodeRle(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit, signed, photometric } = image;
  const bytesPerSample = bitsAllocated / 8;
  const segments = segmentsOf(bytes);
  if (segments.length !== samplesPerPixel * bytesPerSample) {
    throw new UndecodableFrame('The RLE segments do not fit the samples');
  }
  const pixels = rows * columns;
  const stride = samplesPerPixel * bytesPerSample;
  const little = new Uint8Array(pixels * stride);
  for (const [index, segment] of segments.entries()) {
    const sample = Math.floor(index / bytesPerSample);
    const byte = bytesPerSample - 1 - (index % bytesPerSample);
    unpack(segment, little, sample * bytesPerSample + byte, stride, pixels);
  }
  const layout = { bytesPerSample, bits: bitsStored, shift: highBit + 1 - bitsStored, signed };
  return {
    width: columns,
    height: rows,
    samplesPerPixel,
    samples: samplesOf(little, layout),
    bits: bitsStored,
    photometric: photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric,
  };
}

function segmentsOf(bytes: Buffer): Buffer[] {
  const count = bytes.length < HEADER_BYTES ? 0 : bytes.readUInt32LE(0);
  if (count === 0 || count > MOST_SEGMENTS) throw new UndecodableFrame('There is no RLE header');
  const offsets = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(4 + index * 4));
  return offsets.map((offset, index) => bytes.subarray(offset, offsets[index + 1] ?? bytes.length));
}

/** PackBits (PS3.5 section G.3.2), each byte `stride` after the other. */
function unpack(from: Buffer, to: Uint8Array, first: number, stride: number, count: number): void {
  let written = 0;
  for (let at = 0; written < count; ) {
    const control = from[at];
    if (control === undefined) throw new UndecodableFrame('An RLE segment ends early');
    const isRun = control > 128;
    const length = control === 128 ? 0 : isRun ? 257 - control : control + 1;
    const taken = control === 128 ? 0 : isRun ? 1 : length;
    if (at + taken >= from.length) throw new UndecodableFrame('An RLE segment ends early');
    for (let index = 0; index < length && written < count; index += 1, written += 1) {
      to[first + written * stride] = from[at + 1 + (isRun ? 0 : index)] ?? 0;
    }
    at += 1 + taken;
  }
}
