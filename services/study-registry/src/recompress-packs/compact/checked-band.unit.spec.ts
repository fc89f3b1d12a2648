import { crc32 } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { BandCode } from '../bands/band.js';
import { checkedBand } from './checked-band.js';
import type { Segment } from './compact-table.js';

const band: BandCode = { bytesPerSample: 1, isTurned: false, lowest: 0, isColour: false, width: 2, height: 2 };
const [stored, pixels] = [Buffer.from('code'), Buffer.from('1234')];
const segment: Segment = {
  bytes: pixels.length,
  coded: { bytes: stored.length, crc32: crc32(stored), crc32Of: crc32(pixels), band },
};
const decoding = (bytes: Buffer) => ({ decode: async () => bytes });

it('is what was coded', async () => {
  expect(await checkedBand(segment, stored, decoding(pixels))).toBe(pixels);
});

it.each([
  ['has changed', Buffer.from('c0de'), pixels],
  ['is too short', Buffer.from('cod'), pixels],
  ['is decoded to something else', stored, Buffer.from('1235')],
  ['is decoded to less', stored, Buffer.from('123')],
])('is refused when it %s', async (_, bytes, decoded) => {
  await expect(checkedBand(segment, bytes, decoding(decoded))).rejects.toThrow('A segment of a compact object');
});
