import { isSignedAsPixels, vrOf } from '../data-set/dictionary.js';

const FIRST_CREATOR = 0x0010;
const LAST_CREATOR = 0x00ff;

/** The VR of an element of a data set in implicit VR, by its tag (PS3.6; PS3.5 section 7.8 for private ones, which are UN). */
export function impliedVrOf(tag: number, arePixelsSigned: boolean): string {
  const element = tag & 0xffff;
  const isPrivate = ((tag >>> 16) & 1) === 1;
  if (isPrivate && element !== 0) return element >= FIRST_CREATOR && element <= LAST_CREATOR ? 'LO' : 'UN';
  const name = tag.toString(16).padStart(8, '0').toUpperCase();
  return arePixelsSigned && isSignedAsPixels(name) ? 'SS' : vrOf(name);
}
