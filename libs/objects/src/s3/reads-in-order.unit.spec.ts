import { describe, expect, it } from '@jest/globals';
import { ReadsInOrder } from './reads-in-order.js';

const MIB = 1024 * 1024;
const OBJECT_BYTES = 100 * MIB;

/** Zeros in pieces of 64 KiB, with what was asked for and what is still open. */
function zeros() {
  const asked: string[] = [];
  const open = new Set<string>();
  const reads = new ReadsInOrder(async function* (_key, { from, end }) {
    const name = `${from / MIB}-${end / MIB}`;
    asked.push(name);
    open.add(name);
    try {
      for (let at = from; at < end; at += 65_536) yield Buffer.alloc(Math.min(65_536, end - at));
    } finally {
      open.delete(name);
    }
  });
  const read = (from: number, length: number) => reads.readInto('one', Buffer.alloc(length), from, OBJECT_BYTES);
  return { asked, open, reads, read };
}

describe('reads that go on where others ended', () => {
  it('are answered from longer and longer requests, none of them longer than 32 MiB', async () => {
    const { asked, open, reads, read } = zeros();
    for (let at = 0; at < 80; at += 1) await read(at * MIB, MIB);
    expect(asked).toEqual(['0-1', '1-5', '5-21', '21-53', '53-85']);
    expect([...open]).toEqual(['53-85']);
    reads.close();
    await new Promise((soon) => setImmediate(soon));
    expect([...open]).toEqual([]);
  });

  it('are asked for as they are when they jump about', async () => {
    const { asked, open, read } = zeros();
    for (const at of [7, 3, 50, 9]) await read(at * MIB, MIB);
    expect(asked).toEqual(['7-8', '3-4', '50-51', '9-10']);
    expect([...open]).toEqual([]);
  });

  it('end with the object, and span what is left of one request and the next', async () => {
    const { asked, open, read } = zeros();
    await read(97 * MIB, MIB);
    await read(98 * MIB, MIB);
    await read(99 * MIB, MIB);
    expect(asked).toEqual(['97-98', '98-100']);
    await read(0, MIB);
    await read(MIB, 3 * MIB);
    await read(4 * MIB, 2 * MIB);
    expect(asked.slice(2)).toEqual(['0-1', '1-5', '5-21']);
    expect([...open]).toEqual(['5-21']);
  });
});
