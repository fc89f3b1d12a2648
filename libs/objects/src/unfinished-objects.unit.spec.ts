import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnfinishedObjects } from './unfinished-objects.js';

describe('objects that came in part', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-unfinished-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

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
