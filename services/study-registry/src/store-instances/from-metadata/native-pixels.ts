import { headOf, STATUS } from '@yinglian/dicom';
import { NotWritable } from './not-writable.js';
import type { PixelDescription } from './pixel-description.js';

const PIXEL_DATA = 0x7fe00010;
const LONGEST_VALUE_BYTES = 0xfffffffe;
/** Of every four samples two are left out, or of every twelve six. */
const IS_SUBSAMPLED = /_42[02]$/;

export const isNativeVr = (vr: string): boolean => vr === 'OB' || vr === 'OW';

/**
 * What stands before and behind pixels that are not compressed: words where they have more than 8 bits (PS3.5 section A.2).
 * @throws NotWritable when there are not as many as the metadata say
 */
export function nativePixels(vr: string, lengthBytes: number, description: PixelDescription) {
  const { rows = 0, columns = 0, samplesPerPixel = 0, bitsAllocated = 0, numberOfFrames } = description;
  const expected = Math.ceil((rows * columns * samplesPerPixel * bitsAllocated * numberOfFrames) / 8);
  const isPadded = lengthBytes === expected + (expected % 2);
  if (lengthBytes !== expected && !isPadded && !IS_SUBSAMPLED.test(description.photometricInterpretation)) {
    throw new NotWritable(STATUS.dataSetDoesNotMatch, 'The pixels are not as many as the metadata say');
  }
  const padding = Buffer.alloc(lengthBytes % 2);
  const length = lengthBytes + padding.length;
  if (length > LONGEST_VALUE_BYTES) throw new NotWritable(STATUS.outOfResources, 'The pixels are too long');
  return { head: headOf(PIXEL_DATA, bitsAllocated > 8 ? 'OW' : vr, length), padding };
}
