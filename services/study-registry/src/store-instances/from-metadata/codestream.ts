import { STATUS } from '@yinglian/dicom';
import { NotWritable } from './not-writable.js';

/** What a compressed frame says of itself. */
export interface Codestream {
  /** Transfer syntaxes that it may be stored in; the first one is its own. */
  readonly transferSyntaxUids: readonly string[];
  /** Where it lies in what came: files of JPEG 2000 have boxes around it, which DICOM leaves out (PS3.5 section A.4.4). */
  readonly from: number;
  readonly length: number;
  readonly image?: CodedImage;
}

/** What the Image Pixel Description Macro (PS3.3 table C.7-11c) can be derived from. */
export interface CodedImage {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bits: number;
  readonly isSigned: boolean;
  readonly photometricInterpretation: string;
}

/** @throws what is answered for a frame that is not what its media type says */
export function broken(what: string): never {
  throw new NotWritable(STATUS.cannotUnderstand, `The ${what} cannot be read`);
}
