import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameReader, frameOf } from './frame-reader.js';

const MAXIMUM = 64;
const FRAMING = [0x0b, 0x1c];
const bytes = (maxLength: number) =>
  fc
    .array(
      fc.integer({ min: 0, max: 255 }).filter((byte) => !FRAMING.includes(byte)),
      { maxLength },
    )
    .map((list) => Buffer.from(list));
const part = fc.oneof(
  fc.record({ kind: fc.constant('frame' as const), content: bytes(2 * MAXIMUM) }),
  fc.record({ kind: fc.constant('garbage' as const), content: bytes(20) }),
);

/** Reads a stream in pieces that end at those places. */
function readCut(stream: Buffer, cuts: readonly number[]) {
  const reader = new FrameReader(MAXIMUM);
  const places = [...new Set([...cuts.map((cut) => cut % (stream.length + 1)), stream.length])].sort((a, b) => a - b);
  let from = 0;
  const frames = places.flatMap((to) => {
    const read = reader.read(stream.subarray(from, to));
    from = to;
    return read;
  });
  return { frames, reader };
}

describe('frames of a stream', () => {
  it('are the same wherever the stream is cut and whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 30 }), (parts, cuts) => {
        const stream = Buffer.concat(parts.map(({ kind, content }) => (kind === 'frame' ? frameOf(content) : content)));
        const sent = parts.filter(({ kind }) => kind === 'frame').map(({ content }) => content);
        const { frames, reader } = readCut(stream, cuts);
        expect(frames.map(({ tooLong }) => tooLong)).toEqual(sent.map((content) => content.length > MAXIMUM));
        for (const [index, { bytes: read }] of frames.entries()) {
          expect(read.equals(sent[index]?.subarray(0, read.length) ?? Buffer.alloc(0))).toBe(true);
          if (frames[index]?.tooLong === false) expect(read.length).toBe(sent[index]?.length);
        }
        expect({ isWithinFrame: reader.isWithinFrame, pending: reader.pendingBytes }).toEqual({
          isWithinFrame: false,
          pending: 0,
        });
      }),
    );
  });

  it('end at the end block, with or without the carriage return', () => {
    const { frames } = readCut(Buffer.from('\x0bone\x1c\x0btwo\x1c\r\n\x0bthree\x1c\r'), [2, 5, 6, 7]);
    expect(frames.map(({ bytes: read }) => read.toString())).toEqual(['one', 'two', 'three']);
  });

  it('begin again when a sender begins again, and what was before is counted as stray', () => {
    const { frames, reader } = readCut(Buffer.from('noise\x0btorn\x0bwhole\x1c\r'), []);
    expect(frames).toEqual([{ bytes: Buffer.from('whole'), tooLong: false }]);
    expect(reader.stray).toBe('noise'.length + 'torn'.length);
  });

  it('of any bytes at all hold no more memory than one message may', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
        const reader = new FrameReader(MAXIMUM);
        for (const chunk of chunks) {
          for (const frame of reader.read(Buffer.from(chunk))) expect(frame.bytes.length).toBeLessThanOrEqual(4_096);
        }
      }),
    );
  });
});
