import type { BandCode } from './band.js';

type Samples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
export type SampleCode = Pick<BandCode, 'bytesPerSample' | 'isTurned' | 'lowest'>;

export interface CodedSamples {
  readonly code: SampleCode;
  readonly bits: number;
  /** Of one byte each where 8 bits suffice. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** JPEG-LS codes values of 2 to 16 bits. */
const FEWEST_BITS = 2;

const highestBit = (bytesPerSample: 1 | 2) => (bytesPerSample === 1 ? 0x80 : 0x8000);

/**
 * Samples as numbers of as few bits as tell them apart: signed ones in the order of their values, the lowest one as zero. What is in bits
 * that a device does not use is part of the number: nothing is left out.
 */
export function codedSamples(bytes: Uint8Array, bytesPerSample: 1 | 2): CodedSamples {
  const samples = samplesOf(bytes, bytesPerSample);
  const [asTheyAre, turned] = [rangeOf(samples, 0), rangeOf(samples, highestBit(bytesPerSample))];
  const isTurned = turned.range < asTheyAre.range;
  const { lowest, range } = isTurned ? turned : asTheyAre;
  const turn = isTurned ? highestBit(bytesPerSample) : 0;
  const bits = Math.max(FEWEST_BITS, 32 - Math.clz32(range));
  const values = bits > 8 ? new Uint16Array(samples.length) : new Uint8Array(samples.length);
  for (let at = 0; at < values.length; at += 1) values[at] = ((samples[at] ?? 0) ^ turn) - lowest;
  return { code: { bytesPerSample, isTurned, lowest }, bits, bytes: new Uint8Array(values.buffer) };
}

/** @param values of as many bytes as they were coded in */
export function samplesAgain(
  values: Uint8Array,
  bytesPerValue: number,
  { bytesPerSample, isTurned, lowest }: SampleCode,
): Uint8Array<ArrayBuffer> {
  const coded = samplesOf(values, bytesPerValue === 2 ? 2 : 1);
  const turn = isTurned ? highestBit(bytesPerSample) : 0;
  const samples = bytesPerSample === 2 ? new Uint16Array(coded.length) : new Uint8Array(coded.length);
  for (let at = 0; at < samples.length; at += 1) samples[at] = ((coded[at] ?? 0) + lowest) ^ turn;
  return new Uint8Array(samples.buffer);
}

/** In memory of their own, where they lie as the processor wants them. */
function samplesOf(bytes: Uint8Array, bytesPerSample: 1 | 2): Samples {
  const copy = new Uint8Array(bytes);
  return bytesPerSample === 1 ? copy : new Uint16Array(copy.buffer);
}

function rangeOf(samples: Samples, turn: number): { lowest: number; range: number } {
  let [lowest, highest] = [0xffff, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const value = (samples[at] ?? 0) ^ turn;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, range: highest - lowest };
}
