import { describe, expect, it } from '@jest/globals';
import { within } from '../render-images/viewport.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { picturesOf } from './pictures.js';

const NATIVE = '1.2.840.10008.1.2.1';
const MPEG4 = '1.2.840.10008.1.2.4.102';

const instance = (change: Partial<StoredInstance> = {}): StoredInstance => ({
  sopInstanceUid: '1.2.3',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: NATIVE,
  offset: 0,
  length: 5_000,
  dataSetOffset: 300,
  dataSetSha256: '0'.repeat(64),
  instanceNumber: '1',
  rows: 10,
  columns: 20,
  bitsAllocated: 8,
  numberOfFrames: 1,
  pixels: { offset: 400, length: 200, frames: null },
  seriesUid: '1.2',
  digest: 'd',
  place: 0,
  ...change,
});
const stack = (frames: number, change: Partial<StoredInstance> = {}) =>
  instance({ numberOfFrames: frames, pixels: { offset: 400, length: 200 * frames, frames: null }, ...change });
const report = instance({ pixels: null, rows: 0, columns: 0 });
const video = stack(50, { transferSyntaxUid: MPEG4 });

/** Places and frames, or the code. */
const read = (...asked: Parameters<typeof picturesOf>) => {
  const pictures = picturesOf(...asked);
  return pictures.ok
    ? pictures.value.map((picture) => `${picture.instance.place}/${picture.frame}`).join(' ')
    : pictures.problem.code;
};

describe('pictures of what is asked for', () => {
  it('are all frames of all images, without reports and video', () => {
    const instances = [report, instance({ place: 1 }), video, stack(3, { place: 2 })];
    expect(read(instances, undefined, undefined)).toBe('1/1 2/1 2/2 2/3');
  });

  it('are the frames that are named, in their order', () => {
    expect(read([stack(5)], [4, 1, 4], undefined)).toBe('0/4 0/1 0/4');
    expect(read([stack(5)], [4, 6], undefined)).toBe('FRAME_NOT_FOUND');
    expect(read([stack(5)], [0], undefined)).toBe('FRAME_NOT_FOUND');
  });

  it('are none of reports, or of video alone', () => {
    expect(read([report], undefined, undefined)).toBe('NOT_AN_IMAGE');
    expect(read([report, video], undefined, undefined)).toBe('RENDERING_UNSUPPORTED');
  });

  it('are a thousand at most', () => {
    expect(read([stack(600), stack(401)], undefined, undefined)).toBe('PICTURES_TOO_MANY');
    expect(read([stack(600), stack(400)], undefined, undefined).split(' ')).toHaveLength(1_000);
    expect(read([stack(5_000)], [4_999], undefined)).toBe('0/4999');
  });

  it('show a region that every image has', () => {
    const region = { ...within(100), left: 15, regionWidth: 5 };
    expect(read([instance(), stack(2)], undefined, region)).toBe('0/1 0/1 0/2');
    expect(read([instance(), instance({ columns: 15 })], undefined, region)).toBe('VIEWPORT_INVALID');
  });
});
