import type { ImageDescription } from '../image-description.js';
import { decodedFrame } from './compressed-samples.js';
import { type DecodedFrame, UndecodableFrame } from './decoded-frame.js';
import { checkEnd, checkShape, type JpegHeader, jpegHeader } from './jpeg-header.js';
import { decodeWith, once, quiet } from './wasm-codec.js';

const PROGRESSIVE = 0xc2;

const turbo = once(async () => (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')).default(quiet()));

/** The Independent JPEG Group's code as DCMTK has it: 12 bits and lossless (processes 2 and 4 with 12 bits, 14). */
export const ijg = once(async () => {
  const { default: codecs } = await import('dcmjs-codecs');
  codecs.log.setLevel('silent');
  await codecs.NativeCodecs.initializeAsync();
  return codecs;
});

/** JPEG of ITU-T T.81 (PS3.5 section A.4.1). The codestream says which process, as files name the wrong one now and then. */
export async function decodeJpeg(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  const header = jpegHeader(bytes);
  checkShape(header, image);
  checkEnd(bytes);
  return header.precision === 8 && header.frameType <= PROGRESSIVE
    ? decodeTurbo(image, header, bytes)
    : decodeIjg(image, header, bytes);
}

async function decodeTurbo(image: ImageDescription, header: JpegHeader, bytes: Buffer): Promise<DecodedFrame> {
  const { JPEGDecoder } = await turbo();
  const isPlainRgb = image.photometric === 'RGB' && !header.namesColours;
  const frame = decodeWith(() => new JPEGDecoder(), isPlainRgb ? withoutColourTransform(bytes) : bytes);
  return decodedFrame(image, frame, header.components === 3 ? 'RGB' : image.photometric);
}

/** Without a marker libjpeg takes colours for YCbCr; an Adobe marker with transform 0 tells it what the data set says. */
function withoutColourTransform(bytes: Buffer): Buffer {
  const adobe = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe', 'latin1'), 0, 100, 0, 0, 0, 0, 0]);
  return Buffer.concat([bytes.subarray(0, 2), adobe, bytes.subarray(2)]);
}

async function decodeIjg(image: ImageDescription, header: JpegHeader, bytes: Buffer): Promise<DecodedFrame> {
  const { Context, NativeCodecs } = await ijg();
  const { width, height, components, precision } = header;
  const bytesPerSample = precision > 8 ? 2 : 1;
  const context = new Context({
    width,
    height,
    bitsAllocated: bytesPerSample * 8,
    bitsStored: precision,
    samplesPerPixel: components,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: image.photometric,
    encodedBuffer: bytes,
  });
  const decoded = decodedBy(() => NativeCodecs.decodeJpeg(context).getDecodedBuffer());
  if (decoded.length !== width * height * components * bytesPerSample) {
    throw new UndecodableFrame('The codestream is broken');
  }
  return decodedFrame(image, {
    width,
    height,
    componentCount: components,
    bitsPerSample: precision,
    bytes: decoded,
    bytesPerSample,
  });
}

function decodedBy(decode: () => Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(decode() ?? []);
  } catch {
    throw new UndecodableFrame('The codestream is broken');
  }
}
