import type { ImageDescription } from '../image-description.js';
import { decodedFrame } from './compressed-samples.js';
import type { DecodedFrame } from './decoded-frame.js';
import { checkEnd, checkShape, jpegHeader } from './jpeg-header.js';
import { interleaved } from './samples.js';
import { decodeWith, once, quiet, type WasmFrame } from './wasm-codec.js';

const PLANE_BY_PLANE = 0;

const charls = once(async () => (await import('@cornerstonejs/codec-charls/decodewasmjs')).default(quiet()));

/** JPEG-LS of ITU-T T.87 (PS3.5 section A.4.3), lossless and near-lossless. */
export async function decodeJpegLs(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  checkShape(jpegHeader(bytes), image);
  checkEnd(bytes);
  const { JpegLSDecoder } = await charls();
  let mode = PLANE_BY_PLANE;
  const frame = decodeWith(
    () => new JpegLSDecoder(),
    bytes,
    (decoder) => {
      mode = decoder.getInterleaveMode();
    },
  );
  const decoded = decodedFrame(image, frame);
  return mode === PLANE_BY_PLANE && decoded.samplesPerPixel > 1
    ? { ...decoded, samples: interleaved(decoded.samples, decoded.samplesPerPixel) }
    : decoded;
}

/** What a codestream of JPEG-LS holds, whatever image it belongs to. @throws UndecodableFrame */
export async function jpegLsSamples(codestream: Uint8Array): Promise<WasmFrame> {
  const { JpegLSDecoder } = await charls();
  return decodeWith(() => new JpegLSDecoder(), codestream);
}
