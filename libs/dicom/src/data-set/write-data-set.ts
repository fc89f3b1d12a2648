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

/** A data set without file meta information, as messages carry it. Throws a HeaderError. */
export const readDataSet = (dataSet: Buffer, transferSyntaxUid: string): ParsedHeader =>
  parseHeader(Buffer.concat([fileMeta({ sopClassUid: '1.2', sopInstanceUid: '1.2', transferSyntaxUid }), dataSet]));

function writeElement({ tag, vr, value }: WrittenElement, explicit: boolean): Buffer {
  const bytes = typeof value === 'string' ? padded(Buffer.from(value, 'latin1'), vr) : bytesOf(value, explicit);
  const isLong = explicit && vr === 'SQ';
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  if (explicit) head.write(vr, 4, 'latin1');
  if (explicit && !isLong) head.writeUInt16LE(bytes.length, 6);
  else head.writeUInt32LE(bytes.length, isLong ? 8 : 4);
  return Buffer.concat([head, bytes]);
}

function bytesOf(value: Buffer | readonly (readonly WrittenElement[])[], explicit: boolean): Buffer {
  if (Buffer.isBuffer(value)) return padded(value, '');
  return Buffer.concat(
    value.map((item) => {
      const elements = Buffer.concat(item.map((each) => writeElement(each, explicit)));
      const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
      head.writeUInt32LE(elements.length, 4);
      return Buffer.concat([head, elements]);
    }),
  );
}

function padded(bytes: Buffer, vr: string): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([vr === 'UI' ? 0 : 0x20])]);
}
