import type { ImageDescription } from '../image-description.js';
import { decodedFrame } from './compressed-samples.js';
import { type DecodedFrame, UndecodableFrame } from './decoded-frame.js';
import { checkEnd, checkShape } from './jpeg-header.js';
import { decodeWith, once, quiet } from './wasm-codec.js';

const openJpeg = once(async () => (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default(quiet()));
const openJph = once(async () => (await import('@cornerstonejs/codec-openjph/wasmjs')).default(quiet()));

/** JPEG 2000 of ITU-T T.800 (PS3.5 section A.4.4); OpenJPEG notices itself when tile parts are missing. */
export async function decodeJpeg2000(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  checkShape(imageSize(bytes), image);
  const { J2KDecoder } = await openJpeg();
  return decodedFrame(
    image,
    decodeWith(() => new J2KDecoder(), bytes),
    withoutTransform(image.photometric),
  );
}

/** High-Throughput JPEG 2000 of ITU-T T.814 (PS3.5 section A.4.12). */
export async function decodeHtj2k(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  checkShape(imageSize(bytes), image);
  checkEnd(bytes);
  const { HTJ2KDecoder } = await openJph();
  return decodedFrame(
    image,
    decodeWith(() => new HTJ2KDecoder(), bytes),
    withoutTransform(image.photometric),
  );
}

/** The multiple component transformation is undone with the rest (PS3.5 section 8.2.4). */
const withoutTransform = (photometric: string) => (/^YBR_(ICT|RCT)$/.test(photometric) ? 'RGB' : photometric);

/** Image and component sizes from the SIZ marker (ITU-T T.800 section A.5.1), behind the boxes of a JP2 file if there are any. */
function imageSize(bytes: Buffer): { width: number; height: number; components: number } {
  const siz = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  if (siz < 0 || siz + 42 > bytes.length) throw new UndecodableFrame('There is no JPEG 2000 codestream');
  const at = siz + 8;
  return {
    width: bytes.readUInt32BE(at) - bytes.readUInt32BE(at + 8),
    height: bytes.readUInt32BE(at + 4) - bytes.readUInt32BE(at + 12),
    components: bytes.readUInt16BE(at + 32),
  };
}
