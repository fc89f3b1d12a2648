import type { ParsedHeader } from '@yinglian/dicom';
import { isDecodable } from '../render-images/decode/decode-frame.js';
import type { ImageDescription } from '../render-images/image-description.js';
import type { TargetSyntax } from './encode/target-syntaxes.js';

const LONGEST_FRAME_BYTES = 256 * 1024 * 1024;
/** A value field's length has 32 bits, all ones being no length (PS3.5 section 7.1.1). */
const LONGEST_VALUE_BYTES = 0xff_ff_ff_fe;
/** What a decoder leaves them as is known (PS3.5 section 8.2). */
const PHOTOMETRIC = /^(MONOCHROME[12]|PALETTE COLOR|RGB|YBR_FULL|YBR_FULL_422|YBR_ICT|YBR_RCT)$/;

/** Why an image cannot be given in a transfer syntax without losing anything; undefined when it can. */
export function imageRefusal(image: ImageDescription, header: ParsedHeader, frames: number, target: TargetSyntax) {
  if (!isDecodable(image.transferSyntaxUid)) return `No codec for transfer syntax ${image.transferSyntaxUid}`;
  if (!target.takes(image)) return `${target.name} is not made of ${image.bitsStored} bits in ${image.bitsAllocated}`;
  if (![1, 3].includes(image.samplesPerPixel) || !PHOTOMETRIC.test(image.photometric))
    return 'Its colours are of no kind that is encoded here';
  if (hasOverlayInPixels(header)) return 'Its overlays lie in unused bits of the pixels, and would be lost';
  const frameBytes = decodedBytes(image);
  if (frameBytes > LONGEST_FRAME_BYTES) return 'Its frames are larger than 256 MiB';
  return target.isNative && frameBytes * frames > LONGEST_VALUE_BYTES
    ? 'Its pixels are longer than a value can be'
    : undefined;
}

/** Of one frame, as native pixel data. */
export const decodedBytes = ({ rows, columns, samplesPerPixel, bitsAllocated }: ImageDescription): number =>
  rows * columns * samplesPerPixel * (bitsAllocated / 8);

/** Overlay Bits Allocated (60xx,0100) is 1 for overlays that have data of their own (PS3.5 section 8.1.2, retired). */
const hasOverlayInPixels = ({ dataSet }: ParsedHeader): boolean =>
  Object.keys(dataSet.elements).some((tag) => /^x60[0-9a-f]{2}0100$/.test(tag) && (dataSet.uint16(tag) ?? 1) > 1);
