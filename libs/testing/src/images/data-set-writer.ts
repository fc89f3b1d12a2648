const LONG_FORM = new Set(['OB', 'OW', 'UT', 'UN', 'SQ']);

/** Writes one element in explicit VR little endian (PS3.5 section 7.1.2). */
export function element(tag: number, vr: string, value: string | Buffer): Buffer {
  const raw = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const padding = vr === 'UI' || vr === 'OB' ? 0 : 0x20;
  const body = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from([padding])]);
  const head = Buffer.alloc(LONG_FORM.has(vr) ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (LONG_FORM.has(vr)) head.writeUInt32LE(body.length, 8);
  else head.writeUInt16LE(body.length, 6);
  return Buffer.concat([head, body]);
}

export const uint16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** A Part 10 file (PS3.10 section 7.1) around a data set. */
export function part10(
  sopClassUid: string,
  sopInstanceUid: string,
  dataSet: Buffer,
  transferSyntaxUid = EXPLICIT_LITTLE_ENDIAN,
): Buffer {
  const meta = Buffer.concat([
    element(0x00020001, 'OB', Buffer.from([0, 1])),
    element(0x00020002, 'UI', sopClassUid),
    element(0x00020003, 'UI', sopInstanceUid),
    element(0x00020010, 'UI', transferSyntaxUid),
    element(0x00020012, 'UI', '1.2.826.0.1.3680043.10.1561.1'),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(0x00020000, 'UL', length), meta, dataSet]);
}

/** The data set of a Part 10 file: what follows the file meta information, whose length is in (0002,0000). */
export const dataSetOf = (file: Buffer) => file.subarray(144 + file.readUInt32LE(140));
