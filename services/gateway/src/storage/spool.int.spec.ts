import { mkdtemp, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../testing/test-gateway.js';
import { isSameFile } from './is-same-file.js';
import { BLOCK_BYTES } from './record-header.js';
import type { StoredInstance } from './segment.js';
import type { SegmentWriter } from './segment-writer.js';
import { Spool, type SpoolLimits } from './spool.store.js';

const META = Buffer.alloc(200, 1);
const limits: SpoolLimits = { minimumFreeBytes: 0, maximumInstances: 100, maximumBytes: undefined, warnAtPercent: 80 };

describe('a spool', () => {
  let folder: string;
  const spools: Spool[] = [];
  const writers: SegmentWriter[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-spool-'));
  });
  afterEach(async () => {
    for (const spool of spools.splice(0)) spool.stop();
    for (const writer of writers.splice(0)) await writer.close();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = async (some: SpoolLimits = limits) => {
    const spool = new Spool(folder, some);
    spools.push(spool);
    const found: StoredInstance[] = [];
    const { tornBytes, damagedSegments } = await spool.recover((instance) => found.push(instance));
    return { spool, found, tornBytes, damagedSegments };
  };
  const begin = (spool: Spool) => {
    const writer = spool.createSegment();
    writers.push(writer);
    return writer;
  };
  const dataSetOf = (number: number, bytes = 10_000) => Buffer.alloc(bytes, number);
  const write = async (writer: SegmentWriter, number: number, bytes?: number, sum?: number) => {
    const dataSet = dataSetOf(number, bytes);
    await writer.append(META);
    await writer.append(dataSet);
    return writer.write({
      length: META.length + dataSet.length,
      dataSetOffset: META.length,
      crc32: sum ?? crc32(dataSet, crc32(META)),
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: `1.2.3.${number}`,
      studyInstanceUid: '1.2',
      seriesInstanceUid: '1.2.3',
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      patientMark: 'mark',
      receivedAt: '2026-11-24T08:00:00.000Z',
      callingAeTitle: 'CT1',
      via: 'C-STORE',
    });
  };
  const append = async (...record: Parameters<typeof write>) => (await write(...record)).durable;
  const numbers = (found: readonly StoredInstance[]) =>
    found.map(({ sopInstanceUid }) => Number(sopInstanceUid.split('.').at(-1)));
  const segments = () => readdir(join(folder, 'segments'));

  /** Three records in one segment, as a killed process leaves them. */
  const threeRecords = async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    const records = [await append(writer, 1), await append(writer, 2, 700_000), await append(writer, 3)];
    const [name = ''] = await segments();
    return { records, path: join(folder, 'segments', name) };
  };

  it('gives back after a crash what was durable, where it was', async () => {
    const { records } = await threeRecords();
    const { found, tornBytes } = await opened();
    expect(found.map(({ segment, ...record }) => ({ ...record, name: segment.name }))).toEqual(
      records.map(({ segment, ...record }) => ({ ...record, name: segment.name })),
    );
    expect(tornBytes).toBe(0);
  });

  /** Runs with a disk that tells of its syncs, or fails them. */
  const withDisk = async <T>(
    disk: { synced(): void; recordSynced(): void | Promise<void> },
    work: () => Promise<T>,
  ) => {
    const handle = await open(folder, 'r');
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const { sync, datasync } = prototype;
    prototype.sync = async function (this: unknown) {
      await sync.call(this);
      disk.synced();
    };
    prototype.datasync = async function (this: unknown) {
      await datasync.call(this);
      await disk.recordSynced();
    };
    try {
      return await work();
    } finally {
      Object.assign(prototype, { sync, datasync });
    }
  };

  const withFullDisk = async (work: () => Promise<void>) => {
    const handle = await open(folder, 'r');
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const { write: wholly } = prototype;
    prototype.write = () => Promise.reject(new Error('The disk is full'));
    await work().finally(() => Object.assign(prototype, { write: wholly }));
  };

  it('says that a record is durable when the folder, the segment’s name and its bytes are', async () => {
    const order: string[] = [];
    const disk = { synced: () => void order.push('folder'), recordSynced: () => void order.push('record') };
    await withDisk(disk, async () => {
      const { spool } = await opened();
      const writer = begin(spool);
      for (const number of [1, 2]) {
        await append(writer, number, 600_000);
        order.push('success');
      }
    });
    expect(order.slice(0, 3)).toEqual(['folder', 'folder', 'folder']);
    expect(order.slice(3, 5).sort()).toEqual(['folder', 'record']);
    expect(order.slice(5)).toEqual(['success', 'record', 'success']);
  });

  it('does not say so when the segment’s name is not durable', async () => {
    const { spool } = await opened();
    const nameless = () => {
      throw new Error('The disk is broken');
    };
    await withDisk({ synced: nameless, recordSynced: () => undefined }, async () => {
      await expect(append(begin(spool), 1)).rejects.toThrow('The disk is broken');
    });
    await append(begin(spool), 2);
  });

  it('keeps what a sync makes durable while the record behind it fails and is forgotten', async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    await append(writer, 1);
    const disk = Promise.withResolvers<void>();
    await withDisk({ synced: () => undefined, recordSynced: () => disk.promise }, async () => {
      const { durable } = await write(writer, 2);
      await withFullDisk(() => expect(write(writer, 3)).rejects.toThrow('The disk is full'));
      const forgotten = writer.discard();
      disk.resolve();
      await forgotten;
      expect(numbers([await durable])).toEqual([2]);
    });
    expect(numbers((await opened()).found)).toEqual([1, 2]);
  });

  it('does not say so when the disk does not, and writes nothing more to that segment', async () => {
    const failing = () => {
      throw new Error('The disk is broken');
    };
    const { spool } = await opened();
    const writer = begin(spool);
    await append(writer, 1);
    await withDisk({ synced: () => undefined, recordSynced: failing }, async () => {
      await expect(append(writer, 2)).rejects.toThrow('The disk is broken');
    });
    await writer.discard();
    expect(writer.isBroken).toBe(true);
    await expect(append(writer, 3)).rejects.toThrow('The disk is broken');
    expect(numbers((await opened()).found)).toEqual([1]);
  });

  const damage = async (path: string, position: number) => {
    const handle = await open(path, 'r+');
    await handle.write(Buffer.alloc(100, 0xee), 0, 100, position);
    await handle.close();
  };

  it('makes durable with one sync what was written while another one ran', async () => {
    let syncs = 0;
    const recordSynced = () => {
      syncs += 1;
    };
    await withDisk({ synced: () => undefined, recordSynced }, async () => {
      const { spool } = await opened();
      const writer = begin(spool);
      const written = [];
      for (let number = 1; number <= 50; number += 1) written.push(await write(writer, number, 1_000));
      const stored = await Promise.all(written.map(({ durable }) => durable));
      expect(numbers(stored)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });
    expect(syncs).toBeGreaterThan(0);
    expect(syncs).toBeLessThan(50);
  });

  it('checks every record behind the last sync that a header tells of, in whatever order a power cut tore them', async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    await append(writer, 1);
    // None is durable before all are written.
    const disk = Promise.withResolvers<void>();
    const [second] = await withDisk({ synced: () => undefined, recordSynced: () => disk.promise }, async () => {
      const written = [await write(writer, 2), await write(writer, 3), await write(writer, 4)];
      disk.resolve();
      return Promise.all(written.map(({ durable }) => durable));
    });
    const [name = ''] = await segments();
    await damage(join(folder, 'segments', name), (second?.position ?? 0) + 5_000);
    expect(numbers((await opened()).found)).toEqual([1, 3, 4]);
  });

  it('refuses all that waits for a sync when the disk fails it, and keeps what was durable before', async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    await append(writer, 1);
    const disk = Promise.withResolvers<void>();
    await withDisk({ synced: () => undefined, recordSynced: () => disk.promise }, async () => {
      const written = [await write(writer, 2), await write(writer, 3)];
      const settled = Promise.allSettled(written.map(({ durable }) => durable));
      disk.reject(new Error('The disk is broken'));
      const outcomes = await settled;
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    });
    await writer.discard();
    expect(numbers((await opened()).found)).toEqual([1]);
  });

  it('forgets a record that was being written, and keeps those before it', async () => {
    const { records, path } = await threeRecords();
    const last = records[2]?.position ?? 0;
    for (const end of [last + 5_000, last + 1, last - 1, last - BLOCK_BYTES + 10]) {
      await truncate(path, end);
      const { found, tornBytes, damagedSegments } = await opened();
      expect(numbers(found)).toEqual([1, 2]);
      expect(tornBytes).toBeGreaterThan(0);
      expect(damagedSegments).toBe(0);
    }
  });

  it('forgets a last record whose bytes are not those of its header', async () => {
    const { records, path } = await threeRecords();
    await damage(path, (records[2]?.position ?? 0) + 5_000);
    const { found, damagedSegments } = await opened();
    expect([numbers(found), damagedSegments]).toEqual([[1, 2], 1]);
  });

  it('loses no record behind a damaged header, and destroys nothing', async () => {
    const { records, path } = await threeRecords();
    await damage(path, (records[1]?.position ?? 0) - BLOCK_BYTES + 8);
    for (let time = 0; time < 2; time += 1) {
      const { found, tornBytes } = await opened();
      expect(numbers(found)).toEqual([1, 3]);
      expect(tornBytes).toBeGreaterThan(700_000);
    }
    const { spool, found, damagedSegments } = await opened();
    expect(damagedSegments).toBe(1);
    for (const { segment } of found) await segment.release();
    spool.stop();
    expect(await segments()).toEqual([`${basename(path)}.damaged`]);
  });

  it('keeps a segment that another version wrote', async () => {
    const { path } = await threeRecords();
    const handle = await open(path, 'r+');
    for (const { position } of (await opened()).found) await handle.write('YLSPOOL1', position - BLOCK_BYTES);
    await handle.close();
    expect((await opened()).found).toEqual([]);
    expect(await segments()).toEqual([`${basename(path)}.damaged`]);
  });

  it('discards a record without trace, and goes on in the same segment', async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    await append(writer, 1);
    await writer.append(META);
    for (let piece = 0; piece < 100; piece += 1) await writer.append(dataSetOf(9, 64 * 1024));
    await writer.discard();
    await append(writer, 2);
    expect(numbers((await opened()).found)).toEqual([1, 2]);
  });

  it('tells files apart by their bytes, not by their sums', async () => {
    const { spool } = await opened();
    const [one, other] = [begin(spool), begin(spool)];
    const first = await append(one, 1, 700_000);
    expect(await isSameFile(first, await append(other, 1, 700_000))).toBe(true);
    expect(await isSameFile(first, await append(other, 2, 700_000, first.crc32))).toBe(false);
    expect(await isSameFile(first, await append(other, 1, 700_001))).toBe(false);
  });

  it('removes a segment when nobody writes to it and nothing in it is needed, not before', async () => {
    const { spool } = await opened();
    const writer = begin(spool);
    const [one, two] = [await append(writer, 1), await append(writer, 2)];
    expect(spool.sizeBytes).toBeGreaterThan(20_000);
    await one.segment.release();
    await writer.close();
    expect(await segments()).toHaveLength(1);
    await two.segment.release();
    expect(await segments()).toEqual([]);
    expect(spool.sizeBytes).toBe(0);
  });

  const fileOf = async () => join(folder, 'segments', (await segments())[0] ?? '');
  const sizeOf = async (path: string) => (await stat(path)).size;

  /** A spool whose one spare file holds three records that nobody needs. */
  const withSpare = async () => {
    const { spool } = await opened();
    const writer = spool.createSegment();
    const records = [await append(writer, 1), await append(writer, 2, 700_000), await append(writer, 3)];
    for (const { segment } of records) await segment.release();
    await writer.close();
    expect(await segments()).toEqual([]);
    return spool;
  };

  it.each([5_000, 700_000, 2_000_000])(
    'writes %d bytes over a file of the past, of which no crash brings back anything',
    async (bytes) => {
      const spool = await withSpare();
      const writer = begin(spool);
      await append(writer, 7, bytes);
      expect(await sizeOf(await fileOf())).toBeGreaterThanOrEqual(700_000);
      expect(await readdir(join(folder, 'spare'))).toEqual([]);
      await append(writer, 8);
      const { found, damagedSegments } = await opened();
      expect([numbers(found), damagedSegments]).toEqual([[7, 8], 0]);
    },
  );

  it('brings back nothing of a record that a crash cut off in a file of the past', async () => {
    const writer = begin(await withSpare());
    await append(writer, 7, 5_000);
    await writer.append(META);
    for (let piece = 0; piece < 20; piece += 1) await writer.append(dataSetOf(9, 64 * 1024));
    await eventually('a part is written', async () => (await sizeOf(await fileOf())) > 1_000_000);
    const { found, tornBytes, damagedSegments } = await opened();
    expect([numbers(found), damagedSegments]).toEqual([[7], 0]);
    expect(tornBytes).toBeGreaterThan(700_000);
  });

  it('a closed segment takes no more room than its records', async () => {
    const writer = (await withSpare()).createSegment();
    const { position, length } = await append(writer, 7, 5_000);
    await writer.close();
    expect(await sizeOf(await fileOf())).toBe(Math.ceil((position + length) / BLOCK_BYTES) * BLOCK_BYTES);
  });

  it('writes over no file that somebody reads', async () => {
    const { spool } = await opened();
    const writer = spool.createSegment();
    const { segment, position, length } = await append(writer, 1);
    const handle = await segment.open();
    await segment.release();
    await writer.close();
    await append(begin(spool), 2, 100_000);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
    expect(buffer.equals(Buffer.concat([META, dataSetOf(1)]))).toBe(true);
    await segment.close(handle);
    await expect(segment.open()).rejects.toThrow('gone');
  });

  it('has no room when as many instances wait as may, and has it again when one is gone', async () => {
    const { spool } = await opened({ ...limits, maximumInstances: 2 });
    const writer = begin(spool);
    const first = await append(writer, 1);
    expect(spool.hasRoom).toBe(true);
    await append(writer, 2);
    expect(spool.hasRoom).toBe(false);
    expect((await opened({ ...limits, maximumInstances: 2 })).spool.hasRoom).toBe(false);
    await first.segment.release();
    expect(spool.hasRoom).toBe(true);
  });

  it('has no room when the disk would have less than it is to keep free', async () => {
    expect((await opened({ ...limits, minimumFreeBytes: Number.MAX_SAFE_INTEGER })).spool.hasRoom).toBe(false);
  });
});
