import { type Samples, UndecodableFrame } from './decoded-frame.js';

/** Where the value of a sample lies in the bytes that hold it. */
export interface SampleLayout {
  readonly bytesPerSample: number;
  /** Bits of the value. */
  readonly bits: number;
  /** Bits below the value; overlays were once kept beside it. */
  readonly shift: number;
  readonly signed: boolean;
}

/** Values from little endian bytes, which they may overwrite: freed from other bits and with their sign (PS3.5 section 8.1.1). */
export function samplesOf(bytes: Uint8Array<ArrayBuffer>, layout: SampleLayout): Samples {
  const { bytesPerSample, bits, shift, signed } = layout;
  const samples = viewOf(aligned(bytes), bytesPerSample, signed);
  const above = bytesPerSample * 8 - bits - shift;
  if (above < 0) throw new UndecodableFrame('Bits Stored and High Bit do not fit Bits Allocated');
  if (above === 0 && shift === 0) return samples;
  // Up to the top bit of 32 and down again: the sign follows by itself.
  const up = 32 - bits - shift;
  const down = 32 - bits;
  for (let index = 0; index < samples.length; index += 1) {
    const raised = (samples[index] ?? 0) << up;
    samples[index] = signed ? raised >> down : raised >>> down;
  }
  return samples;
}

function viewOf(
  { buffer, byteOffset, length }: Uint8Array<ArrayBuffer>,
  bytesPerSample: number,
  signed: boolean,
): Samples {
  const count = Math.floor(length / bytesPerSample);
  if (bytesPerSample === 1) return new (signed ? Int8Array : Uint8Array)(buffer, byteOffset, count);
  if (bytesPerSample === 2) return new (signed ? Int16Array : Uint16Array)(buffer, byteOffset, count);
  if (bytesPerSample === 4) return new (signed ? Int32Array : Uint32Array)(buffer, byteOffset, count);
  throw new UndecodableFrame(`Samples of ${bytesPerSample} bytes are not read`);
}

const aligned = (bytes: Uint8Array<ArrayBuffer>) => (bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes));

/** From plane by plane to pixel by pixel (Planar Configuration, PS3.3 section C.7.6.3.1.3). */
export function interleaved(planes: Samples, samplesPerPixel: number): Samples {
  const pixels = planes.length / samplesPerPixel;
  const mixed = planes.slice();
  for (let sample = 0; sample < samplesPerPixel; sample += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      mixed[pixel * samplesPerPixel + sample] = planes[sample * pixels + pixel] ?? 0;
    }
  }
  return mixed;
}
