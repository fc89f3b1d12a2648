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

/** The whole text value of an element, decoded and without padding (PS3.5 section 6.2); empty when absent. */
export function textOf(dataSet: DataSet, tag: string, decode: DecodeText): DecodedText {
  const bytes = bytesOf(dataSet, tag);
  if (bytes === undefined) return { text: '', guessed: false };
  const { text, guessed } = decode(bytes, vrOf(tag));
  return { text: text.replace(PADDING, '').trimStart(), guessed };
}

/** The first of an element's values, as ASCII: UIDs, codes, dates. */
export function codeOf(dataSet: DataSet, tag: string): string {
  const bytes = bytesOf(dataSet, tag);
  if (bytes === undefined) return '';
  return Buffer.from(bytes).toString('latin1').replace(PADDING, '').split('\\')[0]?.trim() ?? '';
}
