import type { ImageDescription } from '../image-description.js';
import { type DecodedFrame, UndecodableFrame } from './decoded-frame.js';
import { decodeJpeg } from './jpeg.js';
import { decodeHtj2k, decodeJpeg2000 } from './jpeg-2000.js';
import { decodeJpegLs } from './jpeg-ls.js';
import { decodeBigEndian, decodeNative } from './native.js';
import { decodeRle } from './rle.js';

type Decoder = (image: ImageDescription, bytes: Buffer) => Promise<DecodedFrame>;

/** Transfer syntaxes (PS3.6 annex A) by the codec that reads them; video and JPIP have none. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['1.2.840.10008.1.2', decodeNative],
  ['1.2.840.10008.1.2.1', decodeNative],
  ['1.2.840.10008.1.2.1.98', decodeNative],
  ['1.2.840.10008.1.2.1.99', decodeNative],
  ['1.2.840.10008.1.2.2', decodeBigEndian],
  ['1.2.840.10008.1.2.5', decodeRle],
  ['1.2.840.10008.1.2.4.50', decodeJpeg],
  ['1.2.840.10008.1.2.4.51', decodeJpeg],
  ['1.2.840.10008.1.2.4.57', decodeJpeg],
  ['1.2.840.10008.1.2.4.70', decodeJpeg],
  ['1.2.840.10008.1.2.4.80', decodeJpegLs],
  ['1.2.840.10008.1.2.4.81', decodeJpegLs],
  ['1.2.840.10008.1.2.4.90', decodeJpeg2000],
  ['1.2.840.10008.1.2.4.91', decodeJpeg2000],
  ['1.2.840.10008.1.2.4.92', decodeJpeg2000],
  ['1.2.840.10008.1.2.4.93', decodeJpeg2000],
  ['1.2.840.10008.1.2.4.201', decodeHtj2k],
  ['1.2.840.10008.1.2.4.202', decodeHtj2k],
  ['1.2.840.10008.1.2.4.203', decodeHtj2k],
]);

export const isDecodable = (transferSyntaxUid: string): boolean => DECODERS.has(transferSyntaxUid);

/** @throws UndecodableFrame for whatever is wrong with the bytes */
export async function decodeFrame(image: ImageDescription, bytes: Buffer): Promise<DecodedFrame> {
  const decode = DECODERS.get(image.transferSyntaxUid);
  if (decode === undefined) throw new UndecodableFrame(`No codec for transfer syntax ${image.transferSyntaxUid}`);
  return decode(image, bytes);
}
