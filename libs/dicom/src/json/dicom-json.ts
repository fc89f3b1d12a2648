import type { DataSet, Element } from 'dicom-parser';
import { type DecodeText, textDecoderFor } from '../character-sets/text-decoder.js';
import { vrOf } from '../data-set/dictionary.js';
import type { ParsedHeader } from '../data-set/parse-header.js';
import { itemsOf } from '../data-set/sequence-items.js';
import { numbersOf } from './numbers.js';
import { personNameJson } from './person-name-json.js';

export interface DicomJsonElement {
  vr: string;
  Value?: unknown[];
  InlineBinary?: string;
  BulkDataURI?: string;
}

/** A data set in the DICOM JSON model (PS3.18 annex F), keyed by tag `GGGGEEEE`. */
export type DicomJson = Record<string, DicomJsonElement>;

const BINARY = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const NUMBERS = new Set(['FD', 'FL', 'SL', 'SS', 'SV', 'UL', 'US', 'UV']);
const WHOLE_TEXT = new Set(['LT', 'ST', 'UT', 'UR']);
const INLINE_LIMIT_BYTES = 1024;
const DEEPEST_SEQUENCE = 8;
const UNDEFINED_LENGTH = 0xff_ff_ff_ff;

/**
 * The elements before the pixel data. Larger binary values carry a BulkDataURI relative to their instance's address; a
 * value that breaks its VR is kept as text or left out, and never stops the rest.
 */
export function dicomJsonOf(header: ParsedHeader): DicomJson {
  const json = dataSetJson(header.dataSet, header.decodeText, 0);
  if (header.pixelData !== null) {
    json['7FE00010'] = { vr: header.dataSet.elements.x7fe00010?.vr ?? 'OW', BulkDataURI: 'bulkdata/7FE00010' };
  }
  return json;
}

function dataSetJson(dataSet: DataSet, inherited: DecodeText, depth: number): DicomJson {
  const declared = dataSet.string('x00080005');
  const decode = declared === undefined || depth === 0 ? inherited : textDecoderFor(declared);
  const entries = Object.values(dataSet.elements)
    .map((element) => [element.tag.slice(1).toUpperCase(), element] as const)
    .filter(
      ([tag]) => !tag.startsWith('0002') && !tag.endsWith('0000') && tag !== '7FE00010' && !tag.startsWith('FFFE'),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([tag, element]) => [tag, elementJson(dataSet, tag, element, decode, depth)]));
}

function elementJson(
  dataSet: DataSet,
  tag: string,
  element: Element,
  decode: DecodeText,
  depth: number,
): DicomJsonElement {
  const items = itemsOf(dataSet, element);
  if (items !== undefined) return sequenceJson(items, decode, depth);
  const vr = element.vr === undefined || element.vr === 'UN' ? impliedVr(dataSet, tag) : element.vr;
  if (element.length === 0 || element.length === UNDEFINED_LENGTH) return { vr };
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  // Nobody can read its items.
  if (vr === 'SQ') return binaryJson('UN', tag, bytes, depth);
  if (BINARY.has(vr)) return binaryJson(vr, tag, bytes, depth);
  if (vr === 'AT') return { vr, Value: attributeTags(dataSet, element) };
  if (NUMBERS.has(vr)) return { vr, Value: numbersOf(dataSet, element, vr) };
  return textJson(vr, decode(bytes, vr).text);
}

/** Who made a block of private elements (PS3.5 section 7.8.1). */
const PRIVATE_CREATOR = /^[0-9A-F]{3}[13579BDF]00[1-9A-F][0-9A-F]$/;

function impliedVr(dataSet: DataSet, tag: string): string {
  if (PRIVATE_CREATOR.test(tag)) return 'LO';
  const vr = vrOf(tag);
  // US or SS by Pixel Representation (0028,0103).
  return vr === 'US' && /^0028(0106|0107|0108|0109|0120|0121)$/.test(tag) && dataSet.uint16('x00280103') === 1
    ? 'SS'
    : vr;
}

function sequenceJson(items: readonly DataSet[], decode: DecodeText, depth: number): DicomJsonElement {
  const values = depth >= DEEPEST_SEQUENCE ? [] : items.map((item) => dataSetJson(item, decode, depth + 1));
  return values.length === 0 ? { vr: 'SQ' } : { vr: 'SQ', Value: values };
}

function binaryJson(vr: string, tag: string, bytes: Uint8Array, depth: number): DicomJsonElement {
  return bytes.length > INLINE_LIMIT_BYTES && depth === 0
    ? { vr, BulkDataURI: `bulkdata/${tag}` }
    : { vr, InlineBinary: Buffer.from(bytes).toString('base64') };
}

function attributeTags(dataSet: DataSet, element: Element): string[] {
  const tags: string[] = [];
  for (let index = 0; index * 4 + 4 <= element.length; index += 1) {
    const group = dataSet.uint16(element.tag, index * 2) ?? 0;
    const number = dataSet.uint16(element.tag, index * 2 + 1) ?? 0;
    tags.push(`${hex(group)}${hex(number)}`);
  }
  return tags;
}

const hex = (value: number) => value.toString(16).padStart(4, '0').toUpperCase();

function textJson(vr: string, text: string): DicomJsonElement {
  const trimmed = text.replace(/[\0 ]+$/, '');
  if (trimmed === '') return { vr };
  if (WHOLE_TEXT.has(vr)) return { vr, Value: [trimmed] };
  const values = trimmed.split('\\').map((value) => value.replace(/[\0 ]+$/, '').trimStart());
  return { vr, Value: values.map((value) => valueJson(vr, value)) };
}

function valueJson(vr: string, value: string): unknown {
  if (value === '') return null;
  if (vr === 'PN') return personNameJson(value);
  if (vr !== 'IS' && vr !== 'DS') return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
