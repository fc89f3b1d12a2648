import { UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import type { PlainFrame } from './plain-frame.js';

/** What the encoders of @cornerstonejs/codec-* have in common. Their buffers are views of WebAssembly memory. */
export interface WasmEncoder {
  getDecodedBuffer(frame: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  /** Gives its memory back. */
  delete(): void;
}

/** Encodes `pixels`; whatever a codec throws means that it could not. */
export function encodeWith<Encoder extends WasmEncoder>(
  create: () => Encoder,
  { width, height, bits, samplesPerPixel, signed, photometric }: PlainFrame,
  pixels: Uint8Array,
  prepare: (encoder: Encoder) => void,
): Uint8Array {
  const encoder = create();
  try {
    const isUsingColorTransform = photometric === 'RGB';
    const frame = { width, height, bitsPerSample: bits, componentCount: samplesPerPixel, isSigned: signed };
    encoder.getDecodedBuffer({ ...frame, isUsingColorTransform }).set(pixels);
    prepare(encoder);
    encoder.encode();
    return new Uint8Array(encoder.getEncodedBuffer());
  } catch {
    throw new UndecodableFrame('The codec cannot encode this frame');
  } finally {
    encoder.delete();
  }
}
