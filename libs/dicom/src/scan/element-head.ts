/** How the elements of a data set are written (PS3.5 section 7.1). */
export interface Encoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

/** What stands before the value of an element, or before an item. */
export interface ElementHead {
  readonly tag: number;
  /** Empty in implicit VR, and of items and delimiters. */
  readonly vr: string;
  /** In bytes, or UNDEFINED_LENGTH. */
  readonly length: number;
}

export const UNDEFINED_LENGTH = 0xffffffff;
export const SHORT_HEAD_BYTES = 8;
export const LONG_HEAD_BYTES = 12;
export const ITEM = 0xfffee000;
export const ITEM_END = 0xfffee00d;
export const SEQUENCE_END = 0xfffee0dd;
const FIRST_DELIMITER = 0xfffe0000;
const LONG_FORM = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** Whether the length of such a value has 32 bits in explicit VR (PS3.5 section 7.1.2). */
export const hasLongLength = (vr: string) => LONG_FORM.has(vr);

/** Items and what ends them and sequences: they have no VR (PS3.5 section 7.5). */
export const isDelimiter = (tag: number) => tag >= FIRST_DELIMITER && tag <= FIRST_DELIMITER + 0xffff;

/** How many bytes a head has that begins with these eight (PS3.5 section 7.1.2). */
export const headBytesOf = (first: Buffer, { explicit, bigEndian }: Encoding): number =>
  explicit && !isDelimiter(tagOf(first, bigEndian)) && LONG_FORM.has(first.toString('latin1', 4, 6))
    ? LONG_HEAD_BYTES
    : SHORT_HEAD_BYTES;

/** @param bytes as many as the head has */
export function readHead(bytes: Buffer, { explicit, bigEndian }: Encoding): ElementHead {
  const tag = tagOf(bytes, bigEndian);
  const vr = explicit && !isDelimiter(tag) ? bytes.toString('latin1', 4, 6) : '';
  const [at, sizeBytes] = vr !== '' && bytes.length === SHORT_HEAD_BYTES ? [6, 2] : [bytes.length - 4, 4];
  return { tag, vr, length: bigEndian ? bytes.readUIntBE(at, sizeBytes) : bytes.readUIntLE(at, sizeBytes) };
}

/** In little endian; without a VR in implicit VR. */
export function writeHead({ tag, vr, length }: ElementHead): Buffer {
  const isLong = LONG_FORM.has(vr);
  const head = Buffer.alloc(isLong ? LONG_HEAD_BYTES : SHORT_HEAD_BYTES);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (vr !== '' && !isLong) head.writeUInt16LE(length, 6);
  else head.writeUInt32LE(length, head.length - 4);
  return head;
}

function tagOf(head: Buffer, bigEndian: boolean): number {
  const [group, element] = bigEndian
    ? [head.readUInt16BE(0), head.readUInt16BE(2)]
    : [head.readUInt16LE(0), head.readUInt16LE(2)];
  return group * 0x10000 + element;
}
