import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FileObjectStore } from './index.js';
import { objectStoreContract } from './object-store.contract.js';
import { ObjectStoreFull, storeError } from './object-store.errors.js';

objectStoreContract('files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
  return {
    folder,
    open: (other = folder) => new FileObjectStore(other),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
});

describe('a folder of objects', () => {
  it('lets who reads an object read on when it is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    const store = new FileObjectStore(folder);
    await store.putReproducible('derived/b', Buffer.from('steady'));
    const reader = await store.open('derived/b');
    await store.close();
    expect((await reader.read(0, 6)).toString()).toBe('steady');
    reader.release();
    expect((await store.readAll('derived/b')).toString()).toBe('steady');
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is full when the system says so in one of its ways', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG'])
      expect(storeError(Object.assign(new Error('write'), { code }))).toBeInstanceOf(ObjectStoreFull);
    const other = new Error('other');
    expect(storeError(other)).toBe(other);
  });
});
