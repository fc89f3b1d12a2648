import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpareFiles } from './spare-files.js';

const MEBIBYTE = 1024 * 1024;

describe('files that are kept to be written over', () => {
  let folder: string;
  let spares: SpareFiles;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-spare-'));
    spares = await opened();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const opened = async () => {
    const files = new SpareFiles(join(folder, 'spare'));
    await files.open();
    return files;
  };
  /** A sparse file of that size. */
  const file = async (bytes: number) => {
    const path = join(folder, `${Math.random()}`);
    const handle = await open(path, 'w');
    await handle.truncate(bytes);
    await handle.close();
    return path;
  };
  const keep = async (bytes: number) => spares.keep(await file(bytes), bytes);
  const sizes = async () => {
    const names = await readdir(join(folder, 'spare'));
    const all = await Promise.all(names.map(async (name) => (await stat(join(folder, 'spare', name))).size));
    return all.sort((one, other) => one - other);
  };

  it('gives out the largest first, those of a process before this one too', async () => {
    for (const bytes of [2, 3, 1]) await keep(bytes * MEBIBYTE);
    const next = await opened();
    const given = join(folder, 'given');
    for (const bytes of [3, 2, 1]) {
      expect(await next.moveTo(given)).toBe(true);
      expect((await stat(given)).size).toBe(bytes * MEBIBYTE);
    }
    expect(await next.moveTo(given)).toBe(false);
    expect(await sizes()).toEqual([]);
  });

  it('are sixteen of 512 MiB together at most; the smallest go', async () => {
    for (let bytes = 1; bytes <= 20; bytes += 1) await keep(bytes * MEBIBYTE);
    expect(await sizes()).toEqual(Array.from({ length: 16 }, (_, index) => (index + 5) * MEBIBYTE));
    await keep(500 * MEBIBYTE);
    expect(await sizes()).toEqual([500 * MEBIBYTE]);
    await keep(513 * MEBIBYTE);
    expect(await sizes()).toEqual([500 * MEBIBYTE]);
  });

  it('go when the disk has little room, and are kept again when it has more', async () => {
    await keep(MEBIBYTE);
    await spares.spareTheDisk(true);
    await keep(MEBIBYTE);
    expect(await sizes()).toEqual([]);
    await spares.spareTheDisk(false);
    await keep(MEBIBYTE);
    expect(await sizes()).toEqual([MEBIBYTE]);
  });
});
