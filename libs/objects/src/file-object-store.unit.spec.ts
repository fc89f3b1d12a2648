import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore, ObjectMissing, ObjectTooLarge } from './index.js';
import { ObjectStoreFull, storeError } from './object-store.errors.js';

describe('FileObjectStore', () => {
  let folder: string;
  let store: FileObjectStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    store = new FileObjectStore(folder);
    await store.begin();
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const incoming = () => readdir(join(folder, 'incoming'));

  it('hashes what streams in and gives it back, whole and in parts', async () => {
    const bytes = randomBytes(3_500_001);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, n) =>
      bytes.subarray(n * 65_536, (n + 1) * 65_536),
    );
    const object = await store.receive(Readable.from(pieces), 4_000_000);
    expect([object.sizeBytes, object.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')]);
    expect((await object.read(1_000_000, 5)).equals(bytes.subarray(1_000_000, 1_000_005))).toBe(true);
    await object.keep('packs/ab/cd/one');
    expect((await store.readAll('packs/ab/cd/one')).equals(bytes)).toBe(true);
    expect((await store.read('packs/ab/cd/one', 3_500_000, 1)).equals(bytes.subarray(3_500_000))).toBe(true);
    await expect(store.read('packs/ab/cd/one', 3_500_000, 2)).rejects.toThrow('shorter');
    expect(await incoming()).toEqual([]);
  });

  it('leaves nothing of what is too large, broken off or discarded', async () => {
    await expect(store.receive(Readable.from([Buffer.alloc(11)]), 10)).rejects.toThrow(ObjectTooLarge);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(5);
        throw new Error('the line went dead');
      })(),
    );
    await expect(store.receive(broken, 10)).rejects.toThrow('the line went dead');
    await (await store.receive(Readable.from([Buffer.alloc(5)]), 10)).discard();
    expect(await incoming()).toEqual([]);
  });

  it('forgets at its start what was on its way in', async () => {
    await store.receive(Readable.from([Buffer.alloc(5)]), 10);
    expect(await incoming()).toHaveLength(1);
    await new FileObjectStore(folder).begin();
    expect(await incoming()).toEqual([]);
  });

  it('says what is missing, and takes no key that leads elsewhere', async () => {
    expect(await store.has('packs/none')).toBe(false);
    await expect(store.readAll('packs/none')).rejects.toThrow(ObjectMissing);
    await expect(store.readAll('../secret')).rejects.toThrow('An object key has');
    await expect(store.readAll('/etc/passwd')).rejects.toThrow('An object key has');
  });

  it('replaces what can be made again, and reads the new one', async () => {
    await store.putReproducible('derived/a', Buffer.from('old'));
    expect((await store.readAll('derived/a')).toString()).toBe('old');
    await store.putReproducible('derived/a', Buffer.from('newer'));
    expect((await store.readAll('derived/a')).toString()).toBe('newer');
    await store.delete('derived/a');
    await expect(store.readAll('derived/a')).rejects.toThrow(ObjectMissing);
  });

  it('keeps an object open for whoever reads it', async () => {
    await store.putReproducible('derived/b', Buffer.from('steady'));
    const reader = await store.open('derived/b');
    await store.close();
    expect((await reader.read(0, 6)).toString()).toBe('steady');
    reader.release();
    expect((await store.readAll('derived/b')).toString()).toBe('steady');
  });

  it('knows a full disk', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG'])
      expect(storeError(Object.assign(new Error('write'), { code }))).toBeInstanceOf(ObjectStoreFull);
    const other = new Error('other');
    expect(storeError(other)).toBe(other);
  });
});
