import { CONTROLS, decodeExtended } from './code-extensions.js';
import { definedTerm, SINGLE_SETS, TWO_BYTE_G1 } from './defined-terms.js';
import { decodeAs, decodeStrictly } from './encodings.js';
import { guessText, notGb18030, notLatin1 } from './guess-text.js';

export interface DecodedText {
  readonly text: string;
  /** The declared character set could not be right, so another one was used. */
  readonly guessed: boolean;
}

/** Reads a value's bytes; `vr` tells where code extensions end in it. */
export type DecodeText = (bytes: Uint8Array, vr?: string) => DecodedText;

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80);
const known = (text: string): DecodedText => ({ text, guessed: false });
const guess = (text: string): DecodedText => ({ text, guessed: true });

/**
 * How text of a data set is read, by its Specific Character Set (0008,0005) with backslashes between values (PS3.5
 * chapter 6). Chinese devices often declare nothing or Latin-1 over UTF-8 or GB18030 bytes, or forget the escape sequences
 * they declare; those are recognised, read as what they are, and marked as guessed. Never throws.
 */
export function textDecoderFor(specificCharacterSet: string): DecodeText {
  const terms = specificCharacterSet.split('\\').map(definedTerm);
  const first = SINGLE_SETS[terms[0] ?? ''];
  const isExtended = terms.length > 1 || terms[0]?.startsWith('ISO 2022') === true;
  const twoByte = terms.map((term) => TWO_BYTE_G1[term]).find((encoding) => encoding !== undefined);
  const highBytes = first === undefined || first === 'us-ascii' ? null : first;
  return (bytes, vr = 'LO') => {
    if (bytes.includes(0x1b)) {
      const initial = { highBytes, otherwise: twoByte ?? 'gb18030', delimiters: delimitersOf(vr) };
      const { text, outOfOrder } = decodeExtended(bytes, initial);
      return { text, guessed: outOfOrder || (!isExtended && !text.includes('\x1b')) };
    }
    if (isAscii(bytes)) return known(decodeAs('latin1', bytes));
    if (first === 'latin1') {
      const other = notLatin1(bytes);
      return other === undefined ? known(decodeAs('latin1', bytes)) : guess(other);
    }
    if (first === 'gb18030') {
      const other = notGb18030(bytes);
      if (other !== undefined) return guess(other);
    }
    const declared = highBytes === null ? undefined : decodeStrictly(highBytes, bytes);
    if (declared !== undefined) return known(declared);
    return guess(notGb18030(bytes) ?? (twoByte && decodeStrictly(twoByte, bytes)) ?? guessText(bytes));
  };
}

/** Between values, and in a PN between its components and groups (PS3.5 section 6.1.2.5.3). */
function delimitersOf(vr: string): string {
  if (vr === 'PN') return `\\^=${CONTROLS}`;
  return ['LT', 'ST', 'UT'].includes(vr) ? CONTROLS : `\\${CONTROLS}`;
}
