import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnBuilt } from '@yinglian/testing';
import { FileObjectStore } from './index.js';

describe('a process that begins on a folder of objects', () => {
  let folder: string;
  let store: FileObjectStore;
  const others: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    store = new FileObjectStore(folder);
  });
  afterEach(async () => {
    for (const other of others.splice(0)) other.kill('SIGKILL');
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Another process, which has received half of an object. */
  const receiving = async (owner: string) => {
    const other = spawnBuilt(new URL('./testing/receive-when-told.ts', import.meta.url), {}, 'pipe', [folder, owner]);
    others.push(other);
    await said(other, 'half');
    return other;
  };
  const said = async (other: ChildProcess, word: string) => {
    for await (const [piece] of on(other)) if (String(piece).includes(word)) return;
    throw new Error(`It ended without saying ${word}`);
  };
  async function* on({ stdout, stderr }: ChildProcess) {
    stderr?.pipe(process.stderr);
    for (;;) {
      const heard = stdout === null ? undefined : await Promise.race([once(stdout, 'data'), once(stdout, 'end')]);
      if (heard === undefined || heard.length === 0) return;
      yield heard;
    }
  }

  it('leaves alone what another one receives, and lays by what one received that was killed', async () => {
    const [living, killed] = [await receiving('H001'), await receiving('H002')];
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await store.begin();
    expect(await store.unfinishedBytes({ owner: 'H001', name: 'aa' })).toBe(0);
    // What was not written yet is lost.
    expect(await readdir(join(folder, 'unfinished', 'H002'))).toEqual(['aa']);
    living.kill('SIGUSR2');
    await said(living, 'whole');
    expect((await store.readAll('whole/h001')).length).toBe(2_000_000);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  });

  it('leaves alone what a process elsewhere wrote of late', async () => {
    const path = (name: string) => join(folder, 'incoming', name);
    await mkdir(join(folder, 'incoming'));
    const [late, long, nameless] = [
      'u1@aaaaaaaaaaaa-1-5.H001.aa',
      'u2@aaaaaaaaaaaa-1-5.H001.bb',
      'u3@aaaaaaaaaaaa-1-5',
    ];
    for (const name of [late, long, nameless]) await writeFile(path(name), '12345');
    const before = new Date(Date.now() - 3_600_000);
    for (const name of [long, nameless]) await utimes(path(name), before, before);
    await store.begin();
    expect(await readdir(join(folder, 'incoming'))).toEqual([late]);
    expect(await store.unfinishedBytes({ owner: 'H001', name: 'bb' })).toBe(5);
  });
});
