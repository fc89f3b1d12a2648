import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStore } from '@yinglian/objects';
import { objectStoreContract, S3ObjectStore } from '@yinglian/objects/testing';
import { machineHas, TestS3 } from '@yinglian/testing';
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

if (machineHas('s3')) {
  objectStoreContract('S3, stored compact', async () => {
    const s3 = await TestS3.start();
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    const { bucket, region, credentials, port } = s3;
    const settings = { bucket, region, credentials, prefix: 'province/', endpoint: `http://127.0.0.1:${port}` };
    return {
      folder,
      open: (other = folder) => compactStoreOf(new S3ObjectStore(settings, other)),
      settle: compacted,
      stop: async () => {
        await s3.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
}
