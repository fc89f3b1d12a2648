import { type DecodedFrame, type Samples, UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import type { ImageDescription } from '../../render-images/image-description.js';

/** A frame as native pixel data in little endian has it (PS3.5 section 8.1), pixel by pixel, values at the lowest bit. */
export interface PlainFrame {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  /** Bits Stored. */
  readonly bits: number;
  readonly bytesPerSample: number;
  readonly signed: boolean;
  readonly photometric: string;
  /** Negative values have their sign in all bits of the sample. */
  readonly bytes: Uint8Array;
}

export function plainFrame(image: ImageDescription, decoded: DecodedFrame): PlainFrame {
  const { width, height, samplesPerPixel, photometric } = decoded;
  const { bitsStored: bits, bitsAllocated, signed } = image;
  const bytesPerSample = bitsAllocated / 8;
  const samples = widened(decoded.samples, bytesPerSample, signed);
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return { width, height, samplesPerPixel, bits, bytesPerSample, signed, photometric, bytes };
}

function widened(samples: Samples, bytesPerSample: number, signed: boolean): Samples {
  if (samples.BYTES_PER_ELEMENT === bytesPerSample) return samples;
  if (samples.BYTES_PER_ELEMENT > bytesPerSample) throw new UndecodableFrame('Samples are longer than Bits Allocated');
  if (bytesPerSample === 2) return signed ? Int16Array.from(samples) : Uint16Array.from(samples);
  return signed ? Int32Array.from(samples) : Uint32Array.from(samples);
}

/** For codecs that know no sign: the bits of the value alone, which is how they are read again. */
export function withoutSign({ bytes, bytesPerSample, bits, signed }: PlainFrame): Uint8Array {
  if (!signed || bits === bytesPerSample * 8) return bytes;
  const copy = new Uint8Array(bytes);
  const values = bytesPerSample === 1 ? copy : new Uint16Array(copy.buffer);
  const mask = (1 << bits) - 1;
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) & mask;
  return copy;
}
