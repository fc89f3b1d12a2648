import { once, quiet } from '../../render-images/decode/wasm-codec.js';
import { type PlainFrame, withoutSign } from './plain-frame.js';
import { encodeWith } from './wasm-encoder.js';

const PLANE_BY_PLANE = 0;
const LINE_BY_LINE = 1;

const charls = once(async () => (await import('@cornerstonejs/codec-charls/wasmjs')).default(quiet()));

/** Lossless JPEG-LS of ITU-T T.87 (PS3.5 section A.4.3). */
export async function encodeJpegLs(frame: PlainFrame): Promise<Uint8Array> {
  const { JpegLSEncoder } = await charls();
  return encodeWith(
    () => new JpegLSEncoder(),
    frame,
    withoutSign(frame),
    (encoder) => {
      encoder.setNearLossless(0);
      encoder.setInterleaveMode(frame.samplesPerPixel === 1 ? PLANE_BY_PLANE : LINE_BY_LINE);
    },
  );
}
