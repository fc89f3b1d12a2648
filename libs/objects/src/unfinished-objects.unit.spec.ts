import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileObjectStore } from './index.js';
import { UnfinishedObjects } from './unfinished-objects.js';

const breaking = (bytes: Buffer) =>
  Readable.from(
    (async function* () {
      yield bytes;
      throw new Error('The connection broke');
    })(),
  );

describe('objects that came in part', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-unfinished-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('outlive the process that received them, killed or not', async () => {
    const store = new FileObjectStore(folder);
    await store.begin();
    const [broken, killed] = ['aa', 'bb'].map((name) => ({ owner: 'H001', name }));
    if (broken === undefined || killed === undefined) throw new Error('There are two');
    await expect(store.receive(breaking(Buffer.from('first ')), 100, { unfinished: broken, from: 0 })).rejects.toThrow(
      'broke',
    );
    await writeFile(join(folder, 'incoming', 'some-uuid.H001.bb'), 'half');
    await writeFile(join(folder, 'incoming', 'another-uuid'), 'nobody’s');
    await store.close();

    const next = new FileObjectStore(folder);
    await next.begin();
    expect([await next.unfinishedBytes(broken), await next.unfinishedBytes(killed)]).toEqual([6, 4]);
    const object = await next.receive(Readable.from([Buffer.from('second')]), 100, { unfinished: broken, from: 6 });
    expect((await object.read(0, object.sizeBytes)).toString()).toBe('first second');
    await object.discard();
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    await next.close();
  });

  it('go when they are too old, and the oldest when one owner has too many', async () => {
    const unfinished = new UnfinishedObjects(join(folder, 'bounded'), { bytesPerOwner: 10, oldestMs: 3_600_000 });
    const layBy = async (owner: string, name: string, minutesAgo: number) => {
      const path = join(folder, name);
      await writeFile(path, '12345');
      const changed = new Date(Date.now() - minutesAgo * 60_000);
      await utimes(path, changed, changed);
      await unfinished.layBy(path, { owner, name });
    };
    await layBy('H002', 'other', 50);
    for (const [name, minutes] of [
      ['older', 40],
      ['old', 30],
      ['new', 1],
    ] as const)
      await layBy('H001', name, minutes);
    expect((await readdir(join(folder, 'bounded', 'H001'))).sort()).toEqual(['new', 'old']);
    await unfinished.sweep(Date.now() + 20 * 60_000);
    expect([await readdir(join(folder, 'bounded', 'H001')), await readdir(join(folder, 'bounded', 'H002'))]).toEqual([
      ['new', 'old'],
      [],
    ]);
  });
});
