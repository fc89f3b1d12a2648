import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore, type ObjectStore } from '@yinglian/objects';
import { inPieces, S3ObjectStore } from '@yinglian/objects/testing';
import { machineHas, TestS3 } from '@yinglian/testing';
import { compacted, compactStoreOf } from '../testing/compact-store.js';
import type { CompactObjectStore } from './compact-object-store.js';

const MIB = 1024 * 1024;

interface Place {
  readonly folder: string;
  /** What another process has of it. */
  open(): ObjectStore;
  stop(): Promise<void>;
}

const onFiles = async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
  return {
    folder,
    open: () => new FileObjectStore(folder),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
};

const onS3 = async (): Promise<Place> => {
  const s3 = await TestS3.start();
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
  const { bucket, region, credentials, port } = s3;
  const settings = { bucket, region, credentials, prefix: 'province/', endpoint: `http://127.0.0.1:${port}` };
  return {
    folder,
    open: () => new S3ObjectStore(settings, folder),
    stop: async () => {
      await s3.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const places: [name: string, start: () => Promise<Place>][] = [
  ['files', onFiles],
  ...(machineHas('s3') ? [['S3', onS3] as [string, () => Promise<Place>]] : []),
];

describe.each(places)('an object on %s', (_, start) => {
  let place: Place;
  let store: CompactObjectStore;
  /** Another process, which stores it compact. */
  let other: CompactObjectStore;
  let objects = 0;
  beforeAll(async () => {
    place = await start();
    [store, other] = [compactStoreOf(place.open()), compactStoreOf(place.open())];
    await store.begin();
  });
  afterAll(async () => {
    await Promise.all([store.close(), other.close()]);
    await place.stop();
  });

  const someBytes = (length: number) => Buffer.from(randomBytes(length).map((byte) => byte & 0x1f));
  const kept = async (bytes: Buffer): Promise<string> => {
    objects += 1;
    const key = `packs/${String(objects).padStart(4, '0')}`;
    const object = await store.receive(inPieces(bytes), bytes.length);
    await object.keep(key).finally(object.discard);
    return key;
  };

  it('is read on by who reads it while it becomes compact, from any place', async () => {
    const bytes = someBytes(3 * MIB + 11);
    const key = await kept(bytes);
    const reader = await store.open(key);
    expect((await reader.read(10, MIB)).equals(bytes.subarray(10, 10 + MIB))).toBe(true);
    await compacted(other, key);
    for (const at of [0, MIB + 10, 5, 2 * MIB])
      expect((await reader.read(at, MIB)).equals(bytes.subarray(at, at + MIB))).toBe(true);
    reader.release();
    expect((await store.readAll(key)).equals(bytes)).toBe(true);
  });

  it('is streamed on where it was, when it becomes compact meanwhile', async () => {
    const bytes = someBytes(20 * MIB + 1);
    const key = await kept(bytes);
    const pieces: Buffer[] = [];
    for await (const piece of store.stream(key)) {
      if (pieces.length === 0) await compacted(other, key);
      pieces.push(piece);
    }
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  it('is read on by who reads the compact one while it comes back as it was', async () => {
    const bytes = someBytes(MIB);
    const key = await kept(bytes);
    await compacted(other, key);
    const reader = await store.open(key);
    expect((await reader.read(3, 1_000)).equals(bytes.subarray(3, 1_003))).toBe(true);
    const again = await other.receive(inPieces(bytes), bytes.length);
    await again.keep(key).finally(again.discard);
    await other.stored.delete(other.compactKey(key));
    expect((await reader.read(0, MIB)).equals(bytes)).toBe(true);
    reader.release();
  });

  it('is itself, however many are opened and read at once', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, async () => someBytes(100_000)));
    const keys: string[] = [];
    for (const bytes of all) keys.push(await kept(bytes));
    for (const key of keys) await compacted(other, key);
    const read = await Promise.all(keys.flatMap((key) => [store.readAll(key), store.read(key, 50_000, 50_000)]));
    expect(
      read.map((bytes, at) => bytes.equals(all[at >> 1]?.subarray(at % 2 === 0 ? 0 : 50_000) ?? bytes.subarray(1))),
    ).toEqual(read.map(() => true));
  });

  it('is in the list once, by its own key and length, whichever way it is stored', async () => {
    const [plain, both, compact] = [
      await kept(someBytes(70_001)),
      await kept(someBytes(70_002)),
      await kept(someBytes(70_003)),
    ];
    await compacted(other, compact);
    const bytes = await store.readAll(both);
    await compacted(other, both);
    const again = await other.receive(inPieces(bytes), bytes.length);
    await again.keep(both).finally(again.discard);
    const listed = await Array.fromAsync(store.list('packs/', `packs/${String(objects - 3).padStart(4, '0')}`));
    expect(listed).toEqual([
      { key: plain, sizeBytes: 70_001 },
      { key: both, sizeBytes: 70_002 },
      { key: compact, sizeBytes: 70_003 },
    ]);
    const all = await Array.fromAsync(store.list(''));
    expect(all.length).toBe(objects);
    expect(await store.has(compact)).toBe(true);
    await store.delete(both);
    expect([await store.has(both), await store.has(compact)]).toEqual([false, true]);
  });
});
