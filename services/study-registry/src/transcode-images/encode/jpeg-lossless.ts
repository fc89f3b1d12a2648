import { UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import { ijg } from '../../render-images/decode/jpeg.js';
import { type PlainFrame, withoutSign } from './plain-frame.js';

const FIRST_ORDER = { lossy: false, predictor: 1 };

/** JPEG of ITU-T T.81, process 14 with selection value 1 (PS3.5 section A.4.1), of as many bits as are stored. */
export async function encodeJpegLossless(frame: PlainFrame): Promise<Uint8Array> {
  const { width, height, samplesPerPixel, bits, bytesPerSample, photometric } = frame;
  const { Context, NativeCodecs } = await ijg();
  const context = new Context({
    width,
    height,
    bitsAllocated: bytesPerSample * 8,
    bitsStored: bits,
    samplesPerPixel,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: photometric,
    decodedBuffer: withoutSign(frame),
  });
  return encodedBy(() => NativeCodecs.encodeJpeg(context, FIRST_ORDER).getEncodedBuffer());
}

function encodedBy(encode: () => Uint8Array | undefined): Uint8Array {
  try {
    return new Uint8Array(encode() ?? []);
  } catch {
    throw new UndecodableFrame('The codec cannot encode this frame');
  }
}
