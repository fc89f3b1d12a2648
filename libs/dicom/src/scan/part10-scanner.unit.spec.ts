import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { parseHeader } from '../data-set/parse-header.js';
import { fileMeta } from './file-meta.js';
import { Part10Scanner } from './part10-scanner.js';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';

function element(tag: number, vr: string, value: Buffer | string): Buffer {
  const raw = Buffer.from(value);
  const body = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  const isLong = vr === 'OW' || vr === 'SQ';
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (isLong) head.writeUInt32LE(body.length, 8);
  else head.writeUInt16LE(body.length, 6);
  return Buffer.concat([head, body]);
}

const dataSet = Buffer.concat([
  element(0x00080016, 'UI', CT),
  element(0x00080018, 'UI', '1.2.3'),
  element(0x00100010, 'PN', 'Zhang^San'),
  element(0x00100020, 'LO', '007'),
  element(0x0020000d, 'UI', '1.2'),
  element(0x0020000e, 'UI', '1.2.1'),
  element(0x00200011, 'IS', '4'),
  element(0x7fe00010, 'OW', Buffer.alloc(200_000, 3)),
]);
const meta = (transferSyntaxUid: string) => fileMeta({ sopClassUid: CT, sopInstanceUid: '1.2.3', transferSyntaxUid });

async function scan(file: Buffer, size: number) {
  const scanner = new Part10Scanner();
  for (let at = 0; at < file.length; at += size) await scanner.write(file.subarray(at, at + size));
  return scanner.finish();
}

const expected = {
  sopClassUid: CT,
  sopInstanceUid: '1.2.3',
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.1',
  isCutShort: false,
};

describe('a scan of a Part 10 file', () => {
  const files = [
    [EXPLICIT, Buffer.concat([meta(EXPLICIT), dataSet])],
    [DEFLATED, Buffer.concat([meta(DEFLATED), deflateRawSync(dataSet)])],
    ['1.2.840.10008.1.2.4.95', Buffer.concat([meta('1.2.840.10008.1.2.4.95'), deflateRawSync(dataSet)])],
  ] as const;

  it.each(files)('in %s says the same in whatever pieces it comes', async (transferSyntaxUid, file) => {
    for (const size of [1, 7, 1000, 65_536, file.length]) {
      if (size === 1 && file.length > 10_000) continue;
      const scanned = await scan(file, size);
      expect(scanned).toMatchObject({ ...expected, transferSyntaxUid, dataSetOffset: meta(transferSyntaxUid).length });
      if (typeof scanned === 'string') throw new Error(scanned);
      expect(parseHeader(scanned.header()).dataSet.string('x00100020')).toBe('007');
    }
  });

  it.each(files)('in %s knows that its end is missing', async (_, file) => {
    for (const missing of [1, 2, 100]) {
      expect(await scan(file.subarray(0, -missing), 4096)).toMatchObject({ isCutShort: true });
    }
  });

  it('takes the SOP class of the file meta information where the data set has none', async () => {
    const rest = dataSet.subarray(element(0x00080016, 'UI', CT).length);
    expect(await scan(Buffer.concat([meta(EXPLICIT), rest]), 4096)).toMatchObject(expected);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'not-dicom'],
    ['zeros', Buffer.alloc(5000), 'not-dicom'],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n'), Buffer.alloc(5000, 7)]), 'not-dicom'],
    ['a preamble alone', meta(EXPLICIT).subarray(0, 132), 'not-dicom'],
    ['no transfer syntax', Buffer.concat([meta(''), dataSet]), 'not-dicom'],
    ['implicit VR that is said to be explicit', Buffer.concat([meta(EXPLICIT), Buffer.alloc(64, 9)]), 'unreadable'],
    ['deflated data that is none', Buffer.concat([meta(DEFLATED), Buffer.alloc(4096, 0xff)]), 'unreadable'],
  ])('of %s says what it is not', async (_, file, outcome) => {
    for (const size of [3, 64, 100_000]) expect(await scan(file, size)).toBe(outcome);
  });

  it('does not hold what inflates without end', async () => {
    const bomb = Buffer.concat([meta(DEFLATED), deflateRawSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 })]);
    const before = process.memoryUsage.rss();
    await scan(bomb, 65_536);
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 * 1024 * 1024);
  });
});
