import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { smallDisk } from '@yinglian/testing';
import { ObjectMissing, ObjectStoreFull, ObjectTooLarge, ObjectTooShort, WrongOffset } from './object-store.errors.js';
import type { ObjectStore } from './object-store.js';
import { breaking, inPieces, keysOf } from './testing/streams.js';

const MIB = 1024 * 1024;
const SMALL_DISK_MIB = 8;

export interface StoreUnderTest {
  /** The folder on this machine where objects wait until they are kept. */
  readonly folder: string;
  /** What a process of its own has of the same objects, with its waiting ones in that folder or in another one. */
  open(folder?: string): ObjectStore;
  /** What may become of an object that was kept, without anybody seeing it. */
  settle?(store: ObjectStore, key: string): Promise<void>;
  stop(): Promise<void>;
}

/** No two alike, and with bits to save for who compresses them. */
const someBytes = (count: number) => randomBytes(count).map((byte) => byte & 0x3f) as Buffer;

/** What every object store must do. */
export function objectStoreContract(name: string, start: () => Promise<StoreUnderTest>): void {
  jest.setTimeout(60_000);
  describe(`objects in ${name}`, () => {
    let underTest: StoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      underTest = await start();
      store = underTest.open();
      await store.begin();
    });
    afterAll(async () => {
      await store?.close();
      await underTest?.stop();
    });
    const incoming = () => readdir(join(underTest.folder, 'incoming'));
    const put = async (key: string, bytes: Buffer) => {
      const object = await store.receive(inPieces(bytes), bytes.length);
      await object.keep(key).finally(object.discard);
      await underTest.settle?.(store, key);
    };

    it('are hashed as they stream in and given back, whole and in parts', async () => {
      const bytes = someBytes(3_500_001);
      const object = await store.receive(inPieces(bytes), 4_000_000);
      expect([object.sizeBytes, object.sha256]).toEqual([
        bytes.length,
        createHash('sha256').update(bytes).digest('hex'),
      ]);
      expect((await object.read(1_000_000, 5)).equals(bytes.subarray(1_000_000, 1_000_005))).toBe(true);
      expect(await keysOf(store.list('streamed/'))).toEqual([]);
      await object.keep('streamed/one');
      await object.discard();
      await underTest.settle?.(store, 'streamed/one');
      expect((await store.readAll('streamed/one')).equals(bytes)).toBe(true);
      expect((await store.read('streamed/one', 3_500_000, 1)).equals(bytes.subarray(3_500_000))).toBe(true);
      expect(await incoming()).toEqual([]);
    });

    it('are read along while they stream in', async () => {
      const bytes = someBytes(1_000_001);
      let path = '';
      let written = 0;
      const wrong: number[] = [];
      const watch = {
        isWaitedFor: true,
        begins: async (file: string) => {
          path = file;
        },
        written: (sizeBytes: number) => {
          if (!readFileSync(path).subarray(0, sizeBytes).equals(bytes.subarray(0, sizeBytes))) wrong.push(sizeBytes);
          if (sizeBytes < written) wrong.push(sizeBytes);
          written = sizeBytes;
        },
      };
      const object = await store.receive(inPieces(bytes), bytes.length, undefined, watch);
      expect([written, wrong]).toEqual([bytes.length, []]);
      await object.discard();
    });

    it('are written as soon as an empty piece asks for it', async () => {
      const seen = new Map<number, PromiseWithResolvers<void>>([5, 8].map((size) => [size, Promise.withResolvers()]));
      const pieces = async function* () {
        yield Buffer.from('first');
        yield Buffer.alloc(0);
        await seen.get(5)?.promise;
        yield Buffer.from('and');
        yield Buffer.alloc(0);
        await seen.get(8)?.promise;
        yield Buffer.from('last');
      };
      const written = (sizeBytes: number) => seen.get(sizeBytes)?.resolve();
      const object = await store.receive(pieces(), MIB, undefined, {
        isWaitedFor: false,
        begins: async () => {},
        written,
      });
      expect([object.sizeBytes, object.sha256]).toEqual([
        12,
        createHash('sha256').update('firstandlast').digest('hex'),
      ]);
      await object.discard();
    });

    it('may be empty', async () => {
      await put('empty/one', Buffer.alloc(0));
      expect([await store.has('empty/one'), await store.readAll('empty/one')]).toEqual([true, Buffer.alloc(0)]);
    });

    it('are many pieces long, and read in order, by several at once, each at a pace of its own', async () => {
      const bytes = someBytes(18 * MIB + 7);
      await put('long/one', bytes);
      const inOrder = async (pieceBytes: number) => {
        const object = await store.open('long/one');
        const piece = Buffer.alloc(pieceBytes);
        const hash = createHash('sha256');
        for (let at = 0; at < object.sizeBytes; at += pieceBytes) {
          const some = piece.subarray(0, object.sizeBytes - at);
          await object.readInto(some, at);
          hash.update(some);
        }
        object.release();
        return hash.digest('hex');
      };
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await Promise.all([inOrder(MIB), inOrder(MIB), inOrder(300_001)])).toEqual([sha256, sha256, sha256]);
    });

    it('are read at many places at once', async () => {
      const bytes = someBytes(2 * MIB);
      await put('parallel/one', bytes);
      const object = await store.open('parallel/one');
      const places = Array.from({ length: 40 }, (_, n) => (n * 52_361) % (bytes.length - 30_000));
      const parts = await Promise.all(places.map((at) => object.read(at, 30_000)));
      object.release();
      expect(parts.map((part, n) => part.equals(bytes.subarray(places[n], (places[n] ?? 0) + 30_000)))).toEqual(
        places.map(() => true),
      );
    });

    it('are kept twice as once', async () => {
      await put('twice/one', Buffer.from('the same'));
      await put('twice/one', Buffer.from('the same'));
      expect((await store.readAll('twice/one')).toString()).toBe('the same');
      expect(await keysOf(store.list('twice/'))).toEqual(['twice/one']);
    });

    it('are never read short: what lies outside is an error', async () => {
      await put('short/one', Buffer.alloc(10, 1));
      await expect(store.read('short/one', 9, 2)).rejects.toThrow(ObjectTooShort);
      await expect(store.read('short/one', 10, 1)).rejects.toThrow(ObjectTooShort);
      await expect(store.read('short/one', 11, 5)).rejects.toThrow(ObjectTooShort);
      const object = await store.open('short/one');
      expect(object.sizeBytes).toBe(10);
      await expect(object.readInto(Buffer.alloc(11), 0)).rejects.toThrow(ObjectTooShort);
      expect([await object.read(10, 0), await object.read(9, 1)]).toEqual([Buffer.alloc(0), Buffer.alloc(1, 1)]);
      object.release();
    });

    it('are missing by a name for it', async () => {
      expect(await store.has('missing/one')).toBe(false);
      await expect(store.open('missing/one')).rejects.toThrow(ObjectMissing);
      await expect(store.read('missing/one', 0, 1)).rejects.toThrow(ObjectMissing);
      await expect(store.readAll('missing/one')).rejects.toThrow(ObjectMissing);
      await store.delete('missing/one');
    });

    it('are streamed as they are stored now, also when an older reader is still at work', async () => {
      const [older, newer] = [someBytes(2 * MIB + 3), someBytes(MIB)];
      await put('streams/one', older);
      const reader = await store.open('streams/one');
      const whole = async () => Buffer.concat(await Array.fromAsync(store.stream('streams/one')));
      expect((await whole()).equals(older)).toBe(true);
      const other = underTest.open();
      const replacing = await other.receive(inPieces(newer), newer.length);
      await replacing.keep('streams/one').finally(replacing.discard);
      await other.close();
      expect((await whole()).equals(newer)).toBe(true);
      reader.release();
      await expect(Array.fromAsync(store.stream('streams/none'))).rejects.toThrow(ObjectMissing);
    });

    it('are laid by under another key, which what replaces them leaves alone', async () => {
      await put('laid/one', Buffer.from('damaged'));
      await store.layBy('laid/one', 'aside/one');
      expect((await store.readAll('laid/one')).toString()).toBe('damaged');
      await put('laid/one', Buffer.from('sound'));
      expect([(await store.readAll('laid/one')).toString(), (await store.readAll('aside/one')).toString()]).toEqual([
        'sound',
        'damaged',
      ]);
      await expect(store.layBy('laid/none', 'aside/two')).rejects.toThrow(ObjectMissing);
    });

    it('have no key that leads elsewhere', async () => {
      for (const key of ['../secret', '/etc/passwd', 'a//b', 'a/', 'A', 'a b']) {
        await expect(store.readAll(key)).rejects.toThrow('An object key has');
        await expect(store.putReproducible(key, Buffer.alloc(1))).rejects.toThrow('An object key has');
      }
    });

    it('leave nothing when they are too large, broken off or discarded', async () => {
      await expect(store.receive(inPieces(Buffer.alloc(11)), 10)).rejects.toThrow(ObjectTooLarge);
      await expect(store.receive(breaking(Buffer.alloc(5)), 10)).rejects.toThrow('The connection broke');
      await (await store.receive(inPieces(Buffer.alloc(5)), 10)).discard();
      expect(await incoming()).toEqual([]);
    });

    it('are replaced when they can be made again, and deleted', async () => {
      await store.putReproducible('derived/a', Buffer.from('old'));
      expect((await store.readAll('derived/a')).toString()).toBe('old');
      await store.putReproducible('derived/a', Buffer.from('newer'));
      expect((await store.readAll('derived/a')).toString()).toBe('newer');
      const object = await store.open('derived/a');
      expect((await object.read(0, object.sizeBytes)).toString()).toBe('newer');
      object.release();
      await store.delete('derived/a');
      await expect(store.readAll('derived/a')).rejects.toThrow(ObjectMissing);
      await expect(store.open('derived/a')).rejects.toThrow(ObjectMissing);
    });

    it('are listed by the beginning of their keys, in order, after one of them', async () => {
      const keys = ['listed/a', 'listed/a-b', 'listed/a.index', 'listed/a0', 'listed/b/c', 'listed/b/d', 'other/e'];
      for (const [n, key] of keys.toReversed().entries()) await store.putReproducible(key, Buffer.alloc(n));
      const waiting = await store.receive(inPieces(Buffer.alloc(5)), 10);
      expect(await keysOf(store.list('listed/'))).toEqual(keys.slice(0, 6));
      expect(await keysOf(store.list('listed/a'))).toEqual(keys.slice(0, 4));
      expect(await keysOf(store.list('listed/b'))).toEqual(keys.slice(4, 6));
      expect(await keysOf(store.list('listed/', 'listed/a0'))).toEqual(keys.slice(4, 6));
      expect(await keysOf(store.list('listed/', 'listed/b/c'))).toEqual(['listed/b/d']);
      expect(await keysOf(store.list('nothing/'))).toEqual([]);
      expect(await Array.fromAsync(store.list('listed/b/'))).toEqual([
        { key: 'listed/b/c', sizeBytes: 2 },
        { key: 'listed/b/d', sizeBytes: 1 },
      ]);
      expect((await keysOf(store.list(''))).filter((key) => /incoming|unfinished/.test(key))).toEqual([]);
      await waiting.discard();
    });

    it('go on where they broke off, in another process too', async () => {
      const [broken, killed] = [
        { owner: 'H001', name: 'aa' },
        { owner: 'H001', name: 'bb' },
      ];
      await expect(
        store.receive(breaking(Buffer.from('first ')), 100, { unfinished: broken, from: 0 }),
      ).rejects.toThrow('broke');
      await writeFile(join(underTest.folder, 'incoming', 'some-uuid.H001.bb'), 'half');
      await writeFile(join(underTest.folder, 'incoming', 'another-uuid'), 'nobody’s');

      const next = underTest.open();
      await next.begin();
      expect([await next.unfinishedBytes(broken), await next.unfinishedBytes(killed)]).toEqual([6, 4]);
      await expect(next.receive(inPieces(Buffer.from('!')), 100, { unfinished: broken, from: 7 })).rejects.toThrow(
        WrongOffset,
      );
      const object = await next.receive(inPieces(Buffer.from('second')), 100, { unfinished: broken, from: 6 });
      expect(object.sha256).toBe(createHash('sha256').update('first second').digest('hex'));
      await object.keep('resumed/one');
      await object.discard();
      expect((await next.readAll('resumed/one')).toString()).toBe('first second');
      expect([await incoming(), await next.unfinishedBytes(broken)]).toEqual([[], 0]);
      await next.close();
    });

    // Whoever may not mount one leaves this out.
    const disk = smallDisk(SMALL_DISK_MIB);
    afterAll(() => disk?.remove());
    (disk === undefined ? it.skip : it)('are refused by a full disk, and taken again when it has room', async () => {
      const small = underTest.open(disk?.folder);
      await small.begin();
      const bytes = someBytes(2 * MIB);
      disk?.fill();
      await expect(small.receive(inPieces(bytes), bytes.length)).rejects.toThrow(ObjectStoreFull);
      disk?.free();
      expect(await readdir(join(disk?.folder ?? '', 'incoming'))).toEqual([]);
      const object = await small.receive(inPieces(bytes), bytes.length);
      await object.keep('full/one').finally(object.discard);
      expect((await small.readAll('full/one')).equals(bytes)).toBe(true);
      await small.close();
    });
  });
}
