import { describe, expect, it } from '@jest/globals';
import { PduDecoder, type PduEvent } from './pdu-decoder.js';
import { encodeMessage, encodeReleaseReply } from './pdu-encoder.js';

const MAXIMUM = 131_072;

function decoded(bytes: Buffer, size: number): PduEvent[] {
  const decoder = new PduDecoder('acceptor', MAXIMUM);
  const events: PduEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const event of decoder.decode(bytes.subarray(at, at + size))) events.push(event);
  }
  return events;
}

describe('a stream of PDUs (PS3.8 section 9.3)', () => {
  const command = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 251));
  const stream = Buffer.concat([
    encodeMessage(5, command, undefined, 512),
    Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]),
  ]);

  it('is the same cut into pieces of any size', () => {
    for (const size of [1, 2, 5, 6, 7, 511, 512, stream.length]) {
      const events = decoded(stream, size);
      const data = events.filter((event) => event.kind === 'data');
      expect(Buffer.concat(data.map(({ bytes }) => bytes))).toEqual(command);
      expect(data.map(({ contextId, isCommand }) => `${contextId} ${isCommand}`)).toEqual(data.map(() => '5 true'));
      expect(data.filter(({ isLast }) => isLast)).toEqual(data.slice(-1));
      expect(events.at(-1)).toEqual({ kind: 'release-request' });
    }
  });

  it('with anything in it is read or refused with an error of the protocol, never with another', () => {
    let state = 1;
    let refused = 0;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    };
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(stream.subarray(0, 200 + random()));
      for (let change = 0; change < 4; change += 1) bytes[random() % bytes.length] = random();
      try {
        decoded(bytes, 1 + (random() % 64));
      } catch (error) {
        expect(error).toMatchObject({ name: 'UpperLayerError', reason: expect.any(Number) });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('that answers where it should ask is refused', () => {
    expect(() => decoded(encodeReleaseReply(), 100)).toThrow(
      expect.objectContaining({ name: 'UpperLayerError', reason: 2 }),
    );
  });
});
