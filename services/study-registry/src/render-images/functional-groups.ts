import type { DicomJson } from '@yinglian/dicom';
import { itemsOf } from './attributes.js';

const SHARED = '52009229';
const PER_FRAME = '52009230';

/** What an enhanced multi-frame image says of one frame in a macro, else of all frames (PS3.3 section C.7.6.16). */
export function frameMacro(metadata: DicomJson, macro: string, frameNumber: number): DicomJson {
  const ofFrame = itemsOf(metadata, PER_FRAME)[frameNumber - 1] ?? {};
  const shared = itemsOf(metadata, SHARED)[0] ?? {};
  return itemsOf(ofFrame, macro)[0] ?? itemsOf(shared, macro)[0] ?? {};
}
