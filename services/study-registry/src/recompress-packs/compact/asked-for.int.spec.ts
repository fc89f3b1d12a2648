import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FileObjectStore } from '@yinglian/objects';
import { inPieces } from '@yinglian/objects/testing';
import { compacted, compactStoreOf } from '../testing/compact-store.js';
import type { CompactObjectStore } from './compact-object-store.js';

/** Says what is read of it. */
class TellingStore extends FileObjectStore {
  readonly asked: string[] = [];

  override open(key: string) {
    this.asked.push(key);
    return super.open(key);
  }

  override has(key: string) {
    this.asked.push(key);
    return super.has(key);
  }

  override stream(key: string) {
    this.asked.push(key);
    return super.stream(key);
  }
}

let folder: string;
let telling: TellingStore;
let store: CompactObjectStore;
const bytes = Buffer.alloc(610_000, 'some bytes');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
  telling = new TellingStore(folder);
  store = compactStoreOf(telling);
  await store.begin();
  const object = await store.receive(inPieces(bytes), bytes.length);
  await object.keep('packs/one').finally(object.discard);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
const askedFor = async (read: () => Promise<unknown>) => {
  telling.asked.length = 0;
  await read();
  return telling.asked;
};

it('of a pack that is stored as it came, nothing else is asked for', async () => {
  expect(await askedFor(() => store.read('packs/one', 5, 100))).toEqual(['packs/one']);
  expect(await askedFor(() => store.has('packs/one'))).toEqual(['packs/one']);
  expect(await askedFor(() => Array.fromAsync(store.stream('packs/one')))).toEqual(['packs/one']);
});

it('of one that is stored compact, its table is read once, and the segment that is wanted', async () => {
  await compacted(store, 'packs/one');
  const decoded: number[] = [];
  const counting = compactStoreOf(telling, {
    decode: async (_, stored) => {
      decoded.push(stored.length);
      throw new Error('Nothing is decoded here');
    },
  });
  const compact = 'compact/packs/one';
  // Between the bands nothing is decoded.
  expect(await askedFor(() => counting.read('packs/one', 5, 100))).toEqual(['packs/one', compact]);
  expect(await askedFor(() => counting.read('packs/one', 61_005, 100))).toEqual([compact]);
  expect(decoded).toEqual([]);
  await expect(counting.read('packs/one', 305_000, 10)).rejects.toThrow('Nothing is decoded here');
  expect(decoded.length).toBe(1);
});
