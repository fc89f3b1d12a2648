import { describe, expect, it } from '@jest/globals';
import { parseHeader } from '../data-set/parse-header.js';
import { dicomJsonOf } from './dicom-json.js';

/** An explicit VR file with nothing but pixel data of a VR. */
function fileWith(vr: string): Buffer {
  const meta = Buffer.from('\x02\x00\x10\x00UI\x14\x001.2.840.10008.1.2.1\0', 'latin1');
  const length = Buffer.from('\x02\x00\x00\x00UL\x04\x00\0\0\0\0', 'latin1');
  length.writeUInt32LE(meta.length, 8);
  const pixelData = Buffer.from(`\xe0\x7f\x10\x00${vr}\0\0\x02\0\0\0\x01\x02`, 'latin1');
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, pixelData]);
}

describe('DICOM JSON of pixel data', () => {
  it.each(['OB', 'OW'])('names the value representation %s of the file, which tells the order of bytes', (vr) => {
    expect(dicomJsonOf(parseHeader(fileWith(vr)))).toEqual({ '7FE00010': { vr, BulkDataURI: 'bulkdata/7FE00010' } });
  });
});
