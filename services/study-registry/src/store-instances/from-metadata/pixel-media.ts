import { NATIVE_TRANSFER_SYNTAXES, parameterOf, STATUS } from '@yinglian/dicom';
import { OCTETS, pixelMediaType, syntaxesOf } from '../../domain/pixel-media-types.js';
import type { Codestream } from './codestream.js';
import { jpeg2000Codestream } from './jpeg-2000-codestream.js';
import { jpegCodestream } from './jpeg-codestream.js';
import { NotWritable } from './not-writable.js';
import { rleCodestream } from './rle-codestream.js';

/** What a part with pixel data says that it is (PS3.18 section 8.7.3.3). */
export type PixelMedia =
  | { readonly kind: 'native' }
  | {
      readonly kind: 'frame';
      /** Those that are allowed: one when it is named. */
      readonly transferSyntaxUids: readonly string[];
      readonly read: (head: Buffer, length: number) => Codestream;
    }
  | { readonly kind: 'video'; readonly transferSyntaxUid: string };

const BIG_ENDIAN = '1.2.840.10008.1.2.2';

const READERS: Readonly<Record<string, (head: Buffer, length: number) => Codestream>> = {
  'image/jpeg': jpegCodestream,
  'image/jls': jpegCodestream,
  'image/jp2': jpeg2000Codestream,
  'image/jpx': jpeg2000Codestream,
  'image/jphc': jpeg2000Codestream,
  'image/dicom-rle': rleCodestream,
};

/** @throws NotWritable when pixel data is not taken in it */
export function pixelMediaOf(contentType: string): PixelMedia {
  const named = parameterOf(contentType, 'transfer-syntax');
  const said = typeOf(contentType);
  const isOctets = said === OCTETS || said === '';
  if (isOctets && (named === undefined || NATIVE_TRANSFER_SYNTAXES.has(named)) && named !== BIG_ENDIAN) {
    return { kind: 'native' };
  }
  // Octets in a transfer syntax are what the type of that transfer syntax is.
  const type = isOctets ? pixelMediaType(named ?? '') : said;
  const allowed = syntaxesOf(type);
  const transferSyntaxUids = named === undefined ? allowed : allowed.filter((uid) => uid === named);
  const [transferSyntaxUid] = transferSyntaxUids;
  if (transferSyntaxUid === undefined) {
    throw new NotWritable(STATUS.transferSyntaxNotSupported, 'Pixel data is not taken in this media type');
  }
  const read = READERS[type];
  return read === undefined ? { kind: 'video', transferSyntaxUid } : { kind: 'frame', transferSyntaxUids, read };
}

/** Whether such parts have a frame each. */
export function isFrameType(contentType: string): boolean {
  try {
    return pixelMediaOf(contentType).kind === 'frame';
  } catch (error) {
    if (error instanceof NotWritable) return false;
    throw error;
  }
}

export const typeOf = (contentType: string): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';
