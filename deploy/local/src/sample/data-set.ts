import iconv from 'iconv-lite';

/** Defined terms of Specific Character Set (0008,0005) that the samples use. */
export type CharacterSet = 'GB18030' | 'ISO_IR 192';

/** Tag, VR and value. Several values are separated by a backslash; pixel data and US come as numbers. */
export type Element = readonly [tag: number, vr: string, value: string | Uint16Array];

const LONG_FORM = new Set(['OB', 'OW']);
const NULL_PADDED = new Set(['UI', 'OB']);

/** Encodes elements in explicit VR little endian (PS3.5 section 7.1.2), text in the given character set. */
export function encodeDataSet(elements: readonly Element[], characterSet: CharacterSet): Buffer {
  const ordered = [...elements].sort(([one], [other]) => one - other);
  return Buffer.concat(ordered.flatMap(([tag, vr, value]) => encode(tag, vr, bytesOf(value, characterSet))));
}

function encode(tag: number, vr: string, bytes: Buffer): Buffer[] {
  const padding = Buffer.from(bytes.length % 2 === 0 ? [] : [NULL_PADDED.has(vr) ? 0 : 0x20]);
  const length = bytes.length + padding.length;
  const head = Buffer.alloc(LONG_FORM.has(vr) ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (LONG_FORM.has(vr)) head.writeUInt32LE(length, 8);
  else head.writeUInt16LE(length, 6);
  return [head, bytes, padding];
}

function bytesOf(value: string | Uint16Array, characterSet: CharacterSet): Buffer {
  if (typeof value !== 'string') return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return iconv.encode(value, characterSet === 'GB18030' ? 'gb18030' : 'utf8');
}
