/** What the file meta information of a stored instance says (PS3.10 section 7.1). */
export interface FileMeta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly sourceAeTitle?: string;
}

export const IMPLEMENTATION_CLASS_UID = '1.2.826.0.1.3680043.10.1561.1';
export const IMPLEMENTATION_VERSION_NAME = 'YINGLIAN_1';

const PREAMBLE_BYTES = 128;
const FIRST_ELEMENT = 132;

/** Preamble, prefix and file meta information that stand before a data set in a Part 10 file. */
export function fileMeta(meta: FileMeta): Buffer {
  const elements = Buffer.concat([
    long(0x0001, 'OB', Buffer.from([0, 1])),
    short(0x0002, 'UI', meta.sopClassUid),
    short(0x0003, 'UI', meta.sopInstanceUid),
    short(0x0010, 'UI', meta.transferSyntaxUid),
    short(0x0012, 'UI', IMPLEMENTATION_CLASS_UID),
    short(0x0013, 'SH', IMPLEMENTATION_VERSION_NAME),
    ...(meta.sourceAeTitle === undefined ? [] : [short(0x0016, 'AE', meta.sourceAeTitle)]),
  ]);
  const length = Buffer.alloc(12);
  length.write('\x02\0\0\0UL\x04\0', 'latin1');
  length.writeUInt32LE(elements.length, 8);
  return Buffer.concat([Buffer.alloc(PREAMBLE_BYTES), Buffer.from('DICM'), length, elements]);
}

function short(element: number, vr: string, value: string): Buffer {
  const padded = value.length % 2 === 0 ? value : `${value}${vr === 'UI' ? '\0' : ' '}`;
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0x0002, 0);
  head.writeUInt16LE(element, 2);
  head.write(vr, 4, 'latin1');
  head.writeUInt16LE(padded.length, 6);
  return Buffer.concat([head, Buffer.from(padded, 'latin1')]);
}

function long(element: number, vr: string, value: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16LE(0x0002, 0);
  head.writeUInt16LE(element, 2);
  head.write(vr, 4, 'latin1');
  head.writeUInt32LE(value.length, 8);
  return Buffer.concat([head, value]);
}

const LONG_FORM = new Set(['OB', 'OW', 'UN', 'UT', 'SQ']);

/**
 * Where the file meta information ends: at the first element outside group 0002, whatever its group length says. Undefined
 * while more bytes are needed.
 */
export function endOfMeta(
  file: Buffer,
  onElement: (tag: number, value: Buffer, position: number) => void,
): number | undefined {
  for (let at = FIRST_ELEMENT; ; ) {
    if (at + 2 > file.length) return undefined;
    if (file.readUInt16LE(at) !== 0x0002) return at;
    if (at + 12 > file.length) return undefined;
    const isLong = LONG_FORM.has(file.toString('latin1', at + 4, at + 6));
    const start = at + (isLong ? 12 : 8);
    const end = start + (isLong ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6));
    if (end > file.length) return undefined;
    onElement(0x00020000 + file.readUInt16LE(at + 2), Buffer.from(file.subarray(start, end)), start);
    at = end;
  }
}
