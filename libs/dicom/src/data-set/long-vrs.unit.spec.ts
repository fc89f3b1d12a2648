import { describe, expect, it } from '@jest/globals';
import { dicomJsonOf } from '../json/dicom-json.js';
import { parseHeader } from './parse-header.js';

/** An element of a VR with a length of four bytes. */
const element = (tag: string, vr: string, value: Buffer) => {
  const length = Buffer.from(Uint32Array.of(value.length).buffer);
  return Buffer.concat([Buffer.from(tag, 'latin1'), Buffer.from(`${vr}\0\0`, 'latin1'), length, value]);
};

describe('a header with 64-bit numbers', () => {
  it('is read whole', () => {
    const meta = Buffer.from('\x02\x00\x10\x00UI\x14\x001.2.840.10008.1.2.1\0', 'latin1');
    const length = Buffer.from('\x02\x00\x00\x00UL\x04\x00\0\0\0\0', 'latin1');
    length.writeUInt32LE(meta.length, 8);
    const file = Buffer.concat([
      // The preamble may hold anything.
      Buffer.from('OV\0\0', 'latin1'),
      Buffer.alloc(124),
      Buffer.from('DICM'),
      length,
      meta,
      // Patient Comments that look like such an element.
      Buffer.from('\x10\x00\x00\x40LT\x04\x00OV\0\0', 'latin1'),
      // Selector UV Value, Extended Offset Table.
      element('\x72\x00\x83\x00', 'UV', Buffer.from(BigUint64Array.of(2n ** 60n).buffer)),
      element('\xe0\x7f\x01\x00', 'OV', Buffer.from(BigUint64Array.of(0n).buffer)),
      element('\xe0\x7f\x10\x00', 'OB', Buffer.alloc(2)),
    ]);
    expect(dicomJsonOf(parseHeader(file))).toEqual({
      '00104000': { vr: 'LT', Value: ['OV'] },
      '00720083': { vr: 'UV', Value: [String(2n ** 60n)] },
      '7FE00001': { vr: 'OV', InlineBinary: 'AAAAAAAAAAA=' },
      '7FE00010': { vr: 'OB', BulkDataURI: 'bulkdata/7FE00010' },
    });
  });
});
