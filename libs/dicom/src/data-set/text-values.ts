import type { DataSet } from 'dicom-parser';
import type { DecodedText, DecodeText } from '../character-sets/text-decoder.js';
import { vrOf } from './dictionary.js';

/** The bytes of an element's value, or undefined when it is absent. */
export function bytesOf(dataSet: DataSet, tag: string): Uint8Array | undefined {
  const element = dataSet.elements[`x${tag.toLowerCase()}`];
  if (element === undefined || element.length === 0xff_ff_ff_ff) return undefined;
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
}

const PADDING = /[\0 ]+$/;

/** What no text may have in it (PS3.5 section 6.1.3), and neither databases nor XML can keep, shows that something was there. */
const withoutNul = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);

/** The whole text value of an element, decoded and without padding (PS3.5 section 6.2) and NUL; empty when absent. */
export function textOf(dataSet: DataSet, tag: string, decode: DecodeText): DecodedText {
  const bytes = bytesOf(dataSet, tag);
  if (bytes === undefined) return { text: '', guessed: false };
  const { text, guessed } = decode(bytes, vrOf(tag));
  return { text: withoutNul(text.replace(PADDING, '').trimStart()), guessed };
}

/** The first of an element's values, as ASCII: UIDs, codes, dates. */
export function codeOf(dataSet: DataSet, tag: string): string {
  const bytes = bytesOf(dataSet, tag);
  if (bytes === undefined) return '';
  const [first = ''] = Buffer.from(bytes).toString('latin1').split('\\');
  return withoutNul(first.replace(PADDING, '').trim());
}
