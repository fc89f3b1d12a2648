import { UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import { once, quiet } from '../../render-images/decode/wasm-codec.js';
import type { PlainFrame } from './plain-frame.js';
import { encodeWith, type WasmEncoder } from './wasm-encoder.js';

interface Jpeg2000Encoder extends WasmEncoder {
  setQuality(reversible: boolean, quality: number): void;
  setDecompositions(levels: number): void;
}

const USUAL_LEVELS = 5;

const openJpeg = once(async () => (await import('@cornerstonejs/codec-openjpeg/wasmjs')).default(quiet()));
const openJph = once(async () => (await import('@cornerstonejs/codec-openjph/wasmjs')).default(quiet()));

/** Reversible JPEG 2000 of ITU-T T.800 (PS3.5 section A.4.4), colours by the reversible transformation. */
export async function encodeJpeg2000(frame: PlainFrame): Promise<Uint8Array> {
  const { J2KEncoder } = await openJpeg();
  return reversible(() => new J2KEncoder(), frame);
}

/** Reversible High-Throughput JPEG 2000 of ITU-T T.814 (PS3.5 section A.4.12), likewise. */
export async function encodeHtj2k(frame: PlainFrame): Promise<Uint8Array> {
  const { HTJ2KEncoder } = await openJph();
  return reversible(() => new HTJ2KEncoder(), frame);
}

function reversible(create: () => Jpeg2000Encoder, frame: PlainFrame): Uint8Array {
  // Found with OpenJPEG's decoder: one encoder transforms whatever has three samples, the other mixes them up if it should not.
  if (frame.samplesPerPixel > 1 && frame.photometric !== 'RGB')
    throw new UndecodableFrame('Of colours, JPEG 2000 is made of RGB alone');
  return encodeWith(create, frame, frame.bytes, (encoder) => {
    encoder.setQuality(true, 0);
    encoder.setDecompositions(levelsOf(frame));
  });
}

/** An image cannot be halved more often than that. */
const levelsOf = ({ width, height }: PlainFrame) =>
  Math.min(USUAL_LEVELS, Math.floor(Math.log2(Math.min(width, height))));
