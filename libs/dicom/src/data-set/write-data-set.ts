import { ITEM, ITEM_END, SEQUENCE_END, UNDEFINED_LENGTH, writeHead } from '../scan/element-head.js';
import { fileMeta } from '../scan/file-meta.js';
import { type ParsedHeader, parseHeader } from './parse-header.js';
import { encodingOf } from './transfer-syntaxes.js';

/** An element to be written: its value as bytes of one of the short VRs, or the items of a sequence. */
export interface WrittenElement {
  /** For instance 0x0020000d. */
  readonly tag: number;
  readonly vr: string;
  readonly value: string | Buffer | readonly (readonly WrittenElement[])[];
}

/** Elements in little endian, explicit or implicit as the syntax asks, in the order given (PS3.5 chapter 7). */
export function writeDataSet(elements: readonly WrittenElement[], transferSyntaxUid: string): Buffer {
  const { explicit } = encodingOf(transferSyntaxUid);
  return Buffer.concat(elements.map((each) => writeElement(each, explicit)));
}

/** One item of a sequence that is written piece by piece. */
export const writeItem = (elements: readonly WrittenElement[], transferSyntaxUid: string): Buffer =>
  itemOf(elements, encodingOf(transferSyntaxUid).explicit);

/** What opens and ends a sequence, and an item in it, whose lengths are not known before their end, in explicit VR (PS3.5 section 7.5). */
export const writeOpen = (tag: number) => ({
  sequence: writeHead({ tag, vr: 'SQ', length: UNDEFINED_LENGTH }),
  item: writeHead({ tag: ITEM, vr: '', length: UNDEFINED_LENGTH }),
  itemEnd: writeHead({ tag: ITEM_END, vr: '', length: 0 }),
  sequenceEnd: writeHead({ tag: SEQUENCE_END, vr: '', length: 0 }),
});

/** A data set without file meta information, as messages carry it. Throws a HeaderError. */
export const readDataSet = (dataSet: Buffer, transferSyntaxUid: string): ParsedHeader =>
  parseHeader(Buffer.concat([fileMeta({ sopClassUid: '1.2', sopInstanceUid: '1.2', transferSyntaxUid }), dataSet]));

function writeElement({ tag, vr, value }: WrittenElement, explicit: boolean): Buffer {
  const bytes = typeof value === 'string' ? padded(Buffer.from(value, 'latin1'), vr) : bytesOf(value, explicit);
  return Buffer.concat([writeHead({ tag, vr: explicit ? vr : '', length: bytes.length }), bytes]);
}

function bytesOf(value: Buffer | readonly (readonly WrittenElement[])[], explicit: boolean): Buffer {
  if (Buffer.isBuffer(value)) return padded(value, '');
  return Buffer.concat(value.map((item) => itemOf(item, explicit)));
}

function itemOf(item: readonly WrittenElement[], explicit: boolean): Buffer {
  const elements = Buffer.concat(item.map((each) => writeElement(each, explicit)));
  return Buffer.concat([writeHead({ tag: ITEM, vr: '', length: elements.length }), elements]);
}

function padded(bytes: Buffer, vr: string): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([vr === 'UI' ? 0 : 0x20])]);
}
