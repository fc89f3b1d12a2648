import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStore } from '@yinglian/objects';
import { objectStoreContract } from '@yinglian/objects/testing';
import { compacted, compactStoreOf } from '../testing/compact-store.js';

objectStoreContract('files, stored compact', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
  return {
    folder,
    open: (other = folder) => compactStoreOf(new FileObjectStore(other)),
    settle: compacted,
    stop: () => rm(folder, { recursive: true, force: true }),
  };
});
