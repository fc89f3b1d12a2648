import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestThread } from './digest-thread.js';
import { FileDigest } from './file-digest.js';

const BYTES = randomBytes(5_000_000);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('the digest of a file', () => {
  let folder: string;
  let file: FileHandle;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-digest-'));
    file = await open(join(folder, 'file'), 'w+');
    await file.write(BYTES);
  });
  afterAll(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });

  it('is of all its bytes, in whatever steps it grew', async () => {
    const digest = new FileDigest(file.fd);
    for (const to of [1, 1, 70_000, 3_000_000]) digest.reach(to);
    expect(await digest.end(BYTES.length)).toBe(sha256(BYTES));
  });

  it('is of a stretch, or of nothing', async () => {
    expect(await new FileDigest(file.fd, 1_000).end(2_500_000)).toBe(sha256(BYTES.subarray(1_000, 2_500_000)));
    expect(await new FileDigest(file.fd).end()).toBe(sha256(Buffer.alloc(0)));
  });

  it('is made beside others', async () => {
    const digests = Array.from({ length: 50 }, (_, at) => new FileDigest(file.fd, at));
    for (const to of [1_000, 200_000]) for (const digest of digests) digest.reach(to);
    expect(await Promise.all(digests.map((digest) => digest.end(300_000)))).toEqual(
      digests.map((_, at) => sha256(BYTES.subarray(at, 300_000))),
    );
  });

  it('is none of what is not there, or cannot be read', async () => {
    await expect(new FileDigest(file.fd).end(BYTES.length + 1)).rejects.toThrow('shorter');
    const closed = await open(join(folder, 'file'));
    const { fd } = closed;
    await closed.close();
    await expect(new FileDigest(fd).end(10)).rejects.toMatchObject({ code: 'EBADF' });
    expect(await new FileDigest(file.fd).end(10)).toBe(sha256(BYTES.subarray(0, 10)));
  });

  it('is none of what a thread had hashed that has ended; another one hashes what comes then', async () => {
    const [waiting, begun] = [new FileDigest(file.fd), new FileDigest(file.fd)];
    begun.reach(1_000);
    // A message that nothing is known of ends the thread.
    digestThread.hash(undefined as never);
    await expect(waiting.end(BYTES.length)).rejects.toThrow('undefined');
    await expect(begun.end(2_000)).rejects.toThrow('gone');
    expect(await new FileDigest(file.fd).end(10)).toBe(sha256(BYTES.subarray(0, 10)));
  });
});
