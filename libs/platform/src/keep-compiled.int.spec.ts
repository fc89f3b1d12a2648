import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { freePort } from '@yinglian/servers';
import { spawnBuilt } from '@yinglian/testing';

it('what Node compiled for a service is on disk while it runs, so that its end need not wait for that', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yinglian-compiled-'));
  const kept = async () => (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{8}$/.test(name));
  const port = await freePort();
  const child = spawnBuilt(new URL('./testing/tea-process.ts', import.meta.url), {
    PORT: String(port),
    OIDC_ISSUER: 'http://127.0.0.1:1',
    OIDC_JWKS_URL: 'http://127.0.0.1:1/jwks',
    NODE_COMPILE_CACHE: folder,
  });
  const ended = once(child, 'exit');
  try {
    const deadline = Date.now() + 30_000;
    let before: string[] = [];
    let now: string[] = [];
    // All of it: nothing is added from one look to the next.
    while (before.length === 0 || now.length > before.length) {
      if (Date.now() > deadline) throw new Error('Nothing is on disk');
      await pause(500);
      [before, now] = [now, await kept()];
    }
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(now.length).toBeGreaterThan(100);
    expect((await kept()).length - now.length).toBeLessThan(now.length / 20);
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
