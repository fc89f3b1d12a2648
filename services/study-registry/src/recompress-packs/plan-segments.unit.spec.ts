import { expect, it } from '@jest/globals';
import type { IndexedInstance } from '../storage/pack-index.js';
import { type PlannedSegment, planSegments } from './plan-segments.js';

const FILE_BYTES = 20_000;
const instance = (change: Partial<IndexedInstance> = {}): IndexedInstance => ({
  sopInstanceUid: '1.2.3',
  sopClassUid: '1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  offset: 0,
  length: FILE_BYTES,
  dataSetOffset: 300,
  dataSetSha256: '0'.repeat(64),
  instanceNumber: '1',
  rows: 50,
  columns: 60,
  bitsAllocated: 16,
  numberOfFrames: 3,
  pixels: { offset: 1_000, length: 18_000, frames: null },
  ...change,
});
const planned = (instances: readonly IndexedInstance[], sizeBytes = FILE_BYTES + 100) =>
  planSegments({ version: 1, instances: [...instances] }, sizeBytes);
const sum = (segments: readonly PlannedSegment[]) => segments.reduce((all, { bytes }) => all + bytes, 0);
const shape = { width: 60, height: 50, bytesPerSample: 2, samplesPerPixel: 1 };

it('each frame is a band, and what is around them stays as it is', () => {
  expect(planned([instance()])).toEqual([
    { bytes: 1_000 },
    { bytes: 6_000, shape },
    { bytes: 6_000, shape },
    { bytes: 6_000, shape },
    { bytes: 1_100 },
  ]);
});

it.each([
  ['big endian', { transferSyntaxUid: '1.2.840.10008.1.2.2' }],
  ['deflated', { transferSyntaxUid: '1.2.840.10008.1.2.1.99' }],
  ['compressed', { transferSyntaxUid: '1.2.840.10008.1.2.4.80', pixels: { offset: 1_000, length: null, frames: [] } }],
  ['no image', { pixels: null }],
  ['of single bits', { bitsAllocated: 1 }],
  ['of 32 bits', { bitsAllocated: 32, numberOfFrames: 1 }],
  ['of two samples', { numberOfFrames: 1, bitsAllocated: 16, rows: 75 }],
  ['without a size', { rows: 0 }],
  ['small', { rows: 10, columns: 20, pixels: { offset: 1_000, length: 1_200, frames: null } }],
])('what is %s stays as it is', (_, change) => {
  expect(planned([instance(change)])).toEqual([{ bytes: FILE_BYTES + 100 }]);
});

it('frames that are said to be where the pack has ended are none', () => {
  expect(planned([instance()], 12_999)).toEqual([{ bytes: 1_000 }, { bytes: 6_000, shape }, { bytes: 5_999 }]);
});

it('long frames are parted by their lines', () => {
  const long = instance({
    rows: 3_000,
    columns: 2_000,
    bitsAllocated: 8,
    numberOfFrames: 1,
    length: 18_001_500,
    pixels: { offset: 1_000, length: 18_000_000, frames: null },
  });
  const bands = planned([long], 18_002_000).filter((segment) => segment.shape !== undefined);
  expect(bands.map(({ shape: band }) => band?.height)).toEqual([699, 699, 699, 699, 204]);
  expect(sum(bands)).toBe(18_000_000);
});

it('there are no more segments than a table holds, and all of the pack is in them', () => {
  const frames = 100_000;
  const many = instance({
    rows: 64,
    columns: 64,
    bitsAllocated: 8,
    numberOfFrames: frames,
    length: frames * 4_096 + 2_000,
    pixels: { offset: 1_000, length: frames * 4_096, frames: null },
  });
  const segments = planned([many], many.length);
  expect([segments.length, sum(segments)]).toEqual([65_535, many.length]);
});
