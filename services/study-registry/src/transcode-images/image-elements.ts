import { replaceElements, type WrittenElement } from '@yinglian/dicom';
import type { ImageDescription } from '../render-images/image-description.js';
import type { TargetSyntax } from './encode/target-syntaxes.js';

const PHOTOMETRIC = 0x00280004;
const PLANAR_CONFIGURATION = 0x00280006;
const HIGH_BIT = 0x00280102;
const LOSSY = 0x00282110;
/** Group lengths, which are retired (PS3.5 section 7.2), and where frames begin in fragments that are here no more. */
const LEFT_OUT = new Set([0x00280000, 0x7fe00000, 0x7fe00001, 0x7fe00002, 0x7fe00003]);
/** Of these the transfer syntax alone may say that something was lost. */
const ALWAYS_LOSSY = new Set(['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51']);

/**
 * The elements before the pixel data, in explicit VR little endian, as they describe frames that are encoded anew: values stand at the
 * lowest bit and pixel by pixel. All others stay as they are.
 */
export function describedAnew(elements: Buffer, image: ImageDescription, photometric: string, target: TargetSyntax) {
  const { samplesPerPixel, bitsStored, highBit, planar } = image;
  const changes: WrittenElement[] = [];
  if (photometric !== image.photometric) changes.push({ tag: PHOTOMETRIC, vr: 'CS', value: photometric });
  if (samplesPerPixel > 1 && planar !== (target.planarConfiguration === 1))
    changes.push({ tag: PLANAR_CONFIGURATION, vr: 'US', value: word(target.planarConfiguration) });
  if (highBit !== bitsStored - 1) changes.push({ tag: HIGH_BIT, vr: 'US', value: word(bitsStored - 1) });
  if (ALWAYS_LOSSY.has(image.transferSyntaxUid)) changes.push({ tag: LOSSY, vr: 'CS', value: '01' });
  return replaceElements(elements, changes, LEFT_OUT);
}

const word = (value: number) => Buffer.from([value, 0]);
