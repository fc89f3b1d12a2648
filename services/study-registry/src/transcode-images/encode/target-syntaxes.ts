import { DEFLATED_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN } from '@yinglian/dicom';
import type { ImageDescription } from '../../render-images/image-description.js';
import { encodeHtj2k, encodeJpeg2000 } from './jpeg-2000.js';
import { encodeJpegLossless } from './jpeg-lossless.js';
import { encodeJpegLs } from './jpeg-ls.js';
import type { PlainFrame } from './plain-frame.js';
import { encodeRle } from './rle.js';

/** A transfer syntax that images can be given in, whatever they are stored in. None loses anything. */
export interface TargetSyntax {
  readonly uid: string;
  readonly name: string;
  /** Pixel data has a length and no fragments. */
  readonly isNative: boolean;
  /** PS3.3 section C.7.6.3.1.3; of images with several samples a pixel. */
  readonly planarConfiguration: 0 | 1;
  encode(frame: PlainFrame): Promise<Uint8Array>;
  /** Of what it encodes. */
  photometricOf(photometric: string): string;
  /** Whether its codec takes such pixels. */
  takes(image: ImageDescription): boolean;
}

const asItIs = (photometric: string) => photometric;
/** RGB is encoded by the reversible colour transformation (PS3.5 section 8.2.4). */
const byColourTransformation = (photometric: string) => (photometric === 'RGB' ? 'YBR_RCT' : photometric);

const BYTES = [8, 16];
const native = {
  isNative: true,
  planarConfiguration: 0 as const,
  encode: async (frame: PlainFrame) => frame.bytes,
  photometricOf: asItIs,
  takes: ({ bitsAllocated }: ImageDescription) => [8, 16, 32].includes(bitsAllocated),
};
const jpeg = {
  isNative: false,
  planarConfiguration: 0 as const,
  photometricOf: asItIs,
  takes: ({ bitsAllocated, bitsStored }: ImageDescription) => BYTES.includes(bitsAllocated) && bitsStored >= 2,
};
const jpeg2000 = {
  ...jpeg,
  photometricOf: byColourTransformation,
  // Tried: the encoders fail, or are no longer lossless, with more than 8 bits in colour.
  takes: ({ bitsAllocated, samplesPerPixel }: ImageDescription) =>
    samplesPerPixel === 1 ? BYTES.includes(bitsAllocated) : bitsAllocated === 8,
};

/** What everything that is compressed can be read as. */
export const decompressed: TargetSyntax = {
  ...native,
  uid: EXPLICIT_LITTLE_ENDIAN,
  name: 'Explicit VR Little Endian',
};

const TARGETS: readonly TargetSyntax[] = [
  decompressed,
  { ...native, uid: DEFLATED_LITTLE_ENDIAN, name: 'Deflated Explicit VR Little Endian' },
  {
    ...native,
    uid: '1.2.840.10008.1.2.5',
    name: 'RLE Lossless',
    isNative: false,
    planarConfiguration: 1,
    encode: encodeRle,
  },
  { ...jpeg, uid: '1.2.840.10008.1.2.4.70', name: 'JPEG Lossless (Process 14, SV1)', encode: encodeJpegLossless },
  { ...jpeg, uid: '1.2.840.10008.1.2.4.80', name: 'JPEG-LS Lossless', encode: encodeJpegLs },
  { ...jpeg2000, uid: '1.2.840.10008.1.2.4.90', name: 'JPEG 2000 (Lossless Only)', encode: encodeJpeg2000 },
  {
    ...jpeg2000,
    uid: '1.2.840.10008.1.2.4.201',
    name: 'High-Throughput JPEG 2000 (Lossless Only)',
    encode: encodeHtj2k,
  },
];

export const targetSyntaxes: ReadonlyMap<string, TargetSyntax> = new Map(TARGETS.map((target) => [target.uid, target]));
