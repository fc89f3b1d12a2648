import type { DicomJson } from '@yinglian/dicom';
import { numbersOf } from './attributes.js';
import { frameMacro } from './functional-groups.js';

const PIXEL_MEASURES = '00289110';
/** Pixel Spacing, Imager Pixel Spacing, Nominal Scanned Pixel Spacing; Pixel Aspect Ratio is for images that have none of them. */
const HEIGHT_AND_WIDTH = ['00280030', '00181164', '00182010', '00280034'];
/** What is closer to a square than that is one; what is longer is a mistake. */
const SQUARE = 0.01;
const LONGEST = 10;

/** How many times as high as wide a pixel is (PS3.3 sections C.7.6.3.1.7 and 10.7.1.1); 1 when nothing is known. */
export function pixelHeight(metadata: DicomJson, frameNumber: number): number {
  const said = { ...metadata, ...frameMacro(metadata, PIXEL_MEASURES, frameNumber) };
  for (const tag of HEIGHT_AND_WIDTH) {
    const [height = 0, width = 0] = numbersOf(said, tag);
    if (height <= 0 || width <= 0) continue;
    const ratio = height / width;
    return Math.abs(ratio - 1) < SQUARE || ratio > LONGEST || ratio < 1 / LONGEST ? 1 : ratio;
  }
  return 1;
}
