import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FaultyLine, machineHas, TestS3 } from '@yinglian/testing';
import { objectStoreContract } from '../object-store.contract.js';
import { ObjectMissing, ObjectStoreUnavailable } from '../object-store.errors.js';
import { RefusingProxy } from '../testing/refusing-proxy.js';
import { inPieces, keysOf } from '../testing/streams.js';
import { S3Bucket } from './s3-bucket.js';
import { S3ObjectStore } from './s3-object-store.js';
import { type S3Settings, s3Client } from './s3-settings.js';
import { abortStaleUploads } from './stale-uploads.js';

const MIB = 1024 * 1024;
const HASTY = { connectMs: 500, answerMs: 800, silenceMs: 300, attempts: 3 };

const settingsAt = ({ bucket, region, credentials }: TestS3, port: number): S3Settings => ({
  bucket,
  region,
  credentials,
  prefix: 'province/',
  endpoint: `http://127.0.0.1:${port}`,
});

if (machineHas('s3')) {
  objectStoreContract('S3', async () => {
    const s3 = await TestS3.start();
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    return {
      folder,
      open: (other = folder) => new S3ObjectStore(settingsAt(s3, s3.port), other),
      stop: async () => {
        await s3.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
}

(machineHas('s3') ? describe : describe.skip)('a bucket', () => {
  let s3: TestS3;
  let line: FaultyLine;
  let proxy: RefusingProxy;
  let folder: string;
  const stores: S3ObjectStore[] = [];
  const storeAt = (port: number) => {
    const store = new S3ObjectStore({ ...settingsAt(s3, port), patience: HASTY }, folder);
    stores.push(store);
    return store;
  };
  const bytes = randomBytes(20 * MIB);
  beforeAll(async () => {
    s3 = await TestS3.start();
    line = await FaultyLine.to(s3.port);
    proxy = await RefusingProxy.to(s3.port);
    folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    const store = storeAt(s3.port);
    await store.begin();
    await (await store.receive(inPieces(bytes), bytes.length)).keep('packs/one');
    await store.putReproducible('packs/one.index', bytes.subarray(0, 3 * MIB));
  });
  beforeEach(() => {
    line.become(undefined);
    proxy.refusals = 0;
    proxy.requests.length = 0;
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await line.stop();
    await proxy.stop();
    await s3.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is read on where an answer was reset in its middle', async () => {
    const store = storeAt(line.port);
    line.become({ kind: 'breaking', afterBytes: 9 * MIB });
    expect((await store.read('packs/one', 0, bytes.length)).equals(bytes)).toBe(true);
    line.become({ kind: 'breaking', afterBytes: 2 * MIB });
    await expect(store.readAll('packs/one.index')).rejects.toThrow(ObjectStoreUnavailable);
    await expect(store.read('packs/one', 0, bytes.length)).rejects.toThrow(ObjectStoreUnavailable);
    line.become(undefined);
    expect((await store.readAll('packs/one.index')).equals(bytes.subarray(0, 3 * MIB))).toBe(true);
  });

  it('is read on when the line fell silent for a while, and given up when it stays so', async () => {
    const store = storeAt(line.port);
    const object = await store.open('packs/one');
    line.become({ kind: 'black hole' });
    const silence = setTimeout(() => line.become(undefined), 500);
    expect((await object.read(5, 2 * MIB)).equals(bytes.subarray(5, 5 + 2 * MIB))).toBe(true);
    clearTimeout(silence);
    line.become({ kind: 'black hole' });
    await expect(object.read(5, 2 * MIB)).rejects.toThrow(ObjectStoreUnavailable);
    await expect(store.putReproducible('packs/silent', Buffer.alloc(10))).rejects.toThrow(ObjectStoreUnavailable);
  });

  it('keeps an object whole or not at all, however its line breaks', async () => {
    const store = storeAt(line.port);
    const object = await store.receive(inPieces(bytes), bytes.length);
    line.become({ kind: 'breaking', afterBytes: 5 * MIB });
    await expect(object.keep('broken/one')).rejects.toThrow(ObjectStoreUnavailable);
    line.become({ kind: 'cut' });
    await expect(object.keep('broken/one')).rejects.toThrow(ObjectStoreUnavailable);
    line.become(undefined);
    await expect(store.readAll('broken/one')).rejects.toThrow(ObjectMissing);
    await object.keep('broken/one');
    expect((await store.readAll('broken/one')).equals(bytes)).toBe(true);
  });

  it('is asked again when it has too much to do, and not for ever', async () => {
    const store = storeAt(proxy.port);
    proxy.refusals = 2;
    expect((await store.readAll('packs/one.index')).length).toBe(3 * MIB);
    proxy.refusals = 2;
    await store.putReproducible('busy/one', Buffer.from('busy'));
    expect((await store.readAll('busy/one')).toString()).toBe('busy');
    proxy.refusals = 100;
    await expect(store.readAll('packs/one')).rejects.toThrow('SlowDown');
    expect(proxy.refusals).toBe(97);
  });

  it('is asked few times for an object that is read piece by piece, by whomever', async () => {
    const store = storeAt(proxy.port);
    for (let at = 0; at < bytes.length; at += MIB / 2) {
      const object = await store.open('packs/one');
      expect((await object.read(at, MIB / 2)).equals(bytes.subarray(at, at + MIB / 2))).toBe(true);
      object.release();
    }
    const [first, ...gets] = proxy.requests;
    expect(first).toBe('HEAD province/packs/one');
    expect(new Set(gets)).toEqual(new Set(['GET province/packs/one']));
    // Four; an answer that a busy machine leaves waiting for too long is asked for again.
    expect(gets.length).toBeLessThan(bytes.length / MIB / 2);
  });

  it('is rid of uploads that nobody finishes', async () => {
    const settings = settingsAt(s3, s3.port);
    const bucket = new S3Bucket(s3Client(settings), settings);
    await bucket.client.send(new CreateMultipartUploadCommand(bucket.at('stale/one')));
    expect(await abortStaleUploads(bucket, Date.now())).toBe(0);
    expect(await abortStaleUploads(bucket, Date.now() + 25 * 3_600_000)).toBe(1);
    expect(await abortStaleUploads(bucket, Date.now() + 25 * 3_600_000)).toBe(0);
    bucket.client.destroy();
  });

  it('that is not there is seen at the start', async () => {
    const store = new S3ObjectStore({ ...settingsAt(s3, s3.port), bucket: 'another' }, folder);
    await expect(store.begin()).rejects.toThrow('NoSuchBucket');
    await store.close();
  });

  it('lists beyond one answer', async () => {
    const store = storeAt(s3.port);
    const keys = Array.from({ length: 1_003 }, (_, n) => `many/${String(n).padStart(4, '0')}`);
    // As files of the server's own folder: asking for each to be put would take seconds.
    const folderOfMany = join(s3.folder, 'root', s3.bucket, 'province', 'many');
    await mkdir(folderOfMany, { recursive: true });
    for (const key of keys) await writeFile(join(folderOfMany, key.slice('many/'.length)), 'x');
    expect(await keysOf(store.list('many/'))).toEqual(keys);
    expect(await keysOf(store.list('many/', 'many/0999'))).toEqual(keys.slice(1_000));
  });
});
