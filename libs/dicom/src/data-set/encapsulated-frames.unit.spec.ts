import { describe, expect, it } from '@jest/globals';
import { encapsulatedFrames } from './encapsulated-frames.js';
import { readHeader } from './read-header.js';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

function element(tag: number, vr: string, value: Buffer): Buffer {
  const isLong = ['OB', 'OV'].includes(vr);
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (isLong) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

const even = (text: string, fill: string) => Buffer.from(text.length % 2 === 0 ? text : text + fill, 'latin1');

function item(body: Buffer): Buffer {
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

const uint32s = (values: number[]) => Buffer.concat(values.map((value) => Buffer.from(Uint32Array.of(value).buffer)));
const uint64s = (values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer)));

interface Contents {
  frames: number;
  fragments: Buffer[];
  basic?: number[];
  extended?: { offsets: number[]; lengths: number[] };
}

function fileWith({ frames, fragments, basic = [], extended }: Contents): Buffer {
  const meta = element(0x00020010, 'UI', even(JPEG_BASELINE, '\0'));
  const pixelData = element(0x7fe00010, 'OB', Buffer.alloc(0));
  pixelData.writeUInt32LE(0xffffffff, 8);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x00020000, 'UL', Buffer.from(Uint32Array.of(meta.length).buffer)),
    meta,
    element(0x00280008, 'IS', even(String(frames), ' ')),
    ...(extended === undefined
      ? []
      : [element(0x7fe00001, 'OV', uint64s(extended.offsets)), element(0x7fe00002, 'OV', uint64s(extended.lengths))]),
    pixelData,
    item(uint32s(basic)),
    ...fragments.map(item),
    Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
  ]);
}

/** The bytes of each frame, its fragments joined, in hexadecimal. */
async function framesOf(file: Buffer): Promise<string[]> {
  const read = async (position: number, length: number) => file.subarray(position, position + length);
  const frames = await encapsulatedFrames(await readHeader(file.length, read), file.length, read);
  return frames.map((frame) =>
    Buffer.concat(frame.map(([offset, length]) => file.subarray(offset, offset + length))).toString('hex'),
  );
}

const hex = (...texts: string[]) => texts.map((text) => Buffer.from(text, 'hex'));
/** Two frames of two fragments; the second fragment of a frame is 10 bytes after the first, with its head. */
const TWO_BY_TWO = hex('ffd8ffe0', '0102', 'ffd8ffe1', '0304');

describe('frames of encapsulated pixel data', () => {
  it('are all fragments together when there is one frame', async () => {
    expect(await framesOf(fileWith({ frames: 1, fragments: TWO_BY_TWO }))).toEqual(['ffd8ffe00102ffd8ffe10304']);
  });

  it('begin where the Basic Offset Table says', async () => {
    const file = fileWith({ frames: 2, fragments: hex('0a0b', '0102', '0c0d', '0304'), basic: [0, 20] });
    expect(await framesOf(file)).toEqual(['0a0b0102', '0c0d0304']);
  });

  it('begin where the Extended Offset Table says, without padding', async () => {
    const extended = { offsets: [0, 12], lengths: [3, 1] };
    const file = fileWith({ frames: 2, fragments: hex('0a0b0c00', '0d00'), extended });
    expect(await framesOf(file)).toEqual(['0a0b0c', '0d']);
  });

  it('are one fragment each when there is no table', async () => {
    expect(await framesOf(fileWith({ frames: 3, fragments: hex('0102', '0304', '0506') }))).toEqual([
      '0102',
      '0304',
      '0506',
    ]);
  });

  it.each([
    ['JPEG', 'ffd8ffe0'],
    ['JPEG 2000', 'ff4fff51'],
    ['JPEG 2000 in boxes', '0000000c6a502020'],
  ])('begin where a codestream of %s begins when there is no table', async (_, start) => {
    const fragments = hex(start, '0102', '0304', start, '0506');
    expect(await framesOf(fileWith({ frames: 2, fragments }))).toEqual([`${start}01020304`, `${start}0506`]);
  });

  it.each([
    ['that points between fragments', [0, 7]],
    ['that runs backwards', [0, 0]],
    ['of another number of frames', [0]],
    ['that does not begin at the first fragment', [12, 22]],
  ])('are found without a table %s', async (_, basic) => {
    const file = fileWith({ frames: 2, fragments: TWO_BY_TWO, basic });
    expect(await framesOf(file)).toEqual(['ffd8ffe00102', 'ffd8ffe10304']);
  });

  it('leave out empty fragments', async () => {
    const fragments = [...hex('0102', '0304'), Buffer.alloc(0)];
    expect(await framesOf(fileWith({ frames: 2, fragments }))).toEqual(['0102', '0304']);
  });

  it('are those that a file has which ends early', async () => {
    const file = fileWith({ frames: 3, fragments: hex('0102', '0304', '0506'), basic: [0, 10, 20] });
    expect(await framesOf(file.subarray(0, file.length - 8 - 10))).toEqual(['0102', '0304']);
    expect(await framesOf(file.subarray(0, file.length - 8 - 1))).toEqual(['0102', '0304', '05']);
  });

  it('are none when nothing tells them apart', async () => {
    expect(
      await framesOf(fileWith({ frames: 2, fragments: hex('01', '02', '03').map((b) => Buffer.concat([b, b])) })),
    ).toEqual([]);
    expect(await framesOf(fileWith({ frames: 2, fragments: [] }))).toEqual([]);
  });
});
