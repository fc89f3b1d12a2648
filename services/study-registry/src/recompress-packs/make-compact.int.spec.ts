import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore } from '@yinglian/objects';
import { inPieces } from '@yinglian/objects/testing';
import type { BandShape } from './bands/band.js';
import { type BandThreads, sharedBands } from './bands/band-threads.js';
import type { CompactObjectStore } from './compact/compact-object-store.js';
import { makeCompact, type Recoding } from './make-compact.js';
import { always, anySegments, compactStoreOf } from './testing/compact-store.js';

/** Codes other pixels than it is given, or says that they are others, as a codec with a fault does. */
const faulty = (change: (bytes: Buffer) => void): Pick<BandThreads, 'encode'> => ({
  encode: (shape: BandShape, bytes: Uint8Array) => {
    const other = Buffer.from(bytes);
    change(other);
    return sharedBands.encode(shape, other);
  },
});

describe('a compact form', () => {
  let folder: string;
  let store: CompactObjectStore;
  const bytes = Buffer.alloc(400_000, 'smooth');
  const recoding: Recoding = {
    key: 'packs/one',
    digest: createHash('sha256').update(bytes).digest('hex'),
    planned: anySegments(bytes.length),
    leastSaving: 0.05,
    whileRegistered: always,
    spend: async () => {},
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    store = compactStoreOf(new FileObjectStore(folder));
    await store.begin();
    const object = await store.receive(inPieces(bytes), bytes.length);
    await object.keep('packs/one').finally(object.discard);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const made = (change: Partial<Recoding> = {}, bands: Pick<BandThreads, 'encode'> = sharedBands) =>
    makeCompact(store, bands, { ...recoding, ...change });
  const leaves = async () => [
    await store.stored.has('packs/one'),
    await store.stored.has('compact/packs/one'),
    await readdir(join(folder, 'incoming')),
  ];

  it.each<[what: string, kind: string, make: () => Promise<{ kind: string }>]>([
    [
      'a codec does not code what it is given',
      'not reversible',
      () =>
        made(
          {},
          faulty((other) => other.writeUInt8(1, 7)),
        ),
    ],
    ['the pack is another one', 'other bytes', () => made({ digest: '0'.repeat(64) })],
    ['the pack is registered no more', 'gone', () => made({ whileRegistered: async () => false })],
    ['it would save too little', 'not worth it', () => made({ leastSaving: 0.999 })],
  ])('is not left when %s', async (_, kind, make) => {
    expect((await make()).kind).toBe(kind);
    expect(await leaves()).toEqual([true, false, []]);
  });

  it('is not left when the pack is shorter or longer, or it is to end', async () => {
    await expect(made({ planned: anySegments(bytes.length + 1) })).rejects.toThrow('The bytes end before they should');
    await expect(made({ planned: anySegments(bytes.length - 1) })).rejects.toThrow('more bytes than the pack has');
    const ends = made({ spend: async () => Promise.reject(new Error('It is to end')) });
    await expect(ends).rejects.toThrow('It is to end');
    expect(await leaves()).toEqual([true, false, []]);
  });

  it('is left beside the pack when all is well', async () => {
    expect(await made()).toEqual({ kind: 'made', storedBytes: expect.any(Number) });
    expect(await leaves()).toEqual([true, true, []]);
    expect(await store.compact.sizes('compact/packs/one')).toMatchObject({ sizeBytes: bytes.length });
  });
});
