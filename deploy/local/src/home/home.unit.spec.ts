import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requireDiskSpace } from './disk-space.js';
import { Home } from './home.js';
import { lockHolder, takeLock } from './lock.js';
import { internalPorts, requireFree } from './ports.js';
import { Secrets } from './secrets.js';

describe('the home folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'yinglian-home-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  it('keeps its own decisions: the sample, the places of hospitals', () => {
    const first = Home.open(path, { sample: false });
    expect([first.placeOf('H001'), first.placeOf('H002'), first.placeOf('H001')]).toEqual([0, 1, 0]);
    const again = Home.open(path, { sample: true });
    expect([again.sample, again.placeOf('H003'), again.placeOf('H002')]).toEqual([false, 2, 1]);
  });

  it('is refused when a newer version wrote it, or when it is damaged', () => {
    writeFileSync(join(path, 'home.json'), '{ "format": 2, "unheardOf": true }');
    expect(() => Home.open(path, { sample: true })).toThrow(
      /written by a newer version \(home format 2, this one knows 1\)/,
    );
    writeFileSync(join(path, 'home.json'), '{ "format": 1 }');
    expect(() => Home.open(path, { sample: true })).toThrow(/home\.json is damaged/);
  });

  it('is run by one launcher at a time; a lock of one that has ended is taken over', () => {
    const lock = takeLock(path);
    expect(lockHolder(path)?.pid).toBe(process.pid);
    expect(() => takeLock(path)).toThrow(/already runs on .* \(process \d+\)/);
    lock.release();
    writeFileSync(join(path, 'launcher.lock'), '{ "pid": 1, "startedAt": "long ago" }');
    takeLock(path).release();
    expect(lockHolder(path)).toBeUndefined();
  });

  it('keeps secrets for its owner only, the same each time', () => {
    const secrets = new Secrets(path);
    const secret = secrets.of('user/admin');
    expect(secret).toMatch(/^[\w-]{24}$/);
    expect(new Secrets(path).of('user/admin')).toBe(secret);
    expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('needs space on its disk', async () => {
    await requireDiskSpace(path, 1);
    await expect(requireDiskSpace(path, 2 ** 60)).rejects.toThrow(
      /The disk of .* is full: \d+ MiB are free, 1099511627776 MiB/,
    );
  });
});

describe('ports', () => {
  it('that are in use are named together with the variable that moves them', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(requireFree(port, 'the portal', 'YINGLIAN_PORT')).rejects.toThrow(
      `Port ${port}, needed for the portal, is in use: stop what uses it, or set YINGLIAN_PORT to another port.`,
    );
    expect((await internalPorts(['directory'], { directory: port })).directory).not.toBe(port);
    await new Promise((closed) => server.close(closed));
  });

  it('of internal parts stay the same', async () => {
    const ports = await internalPorts(['directory', 'portal'], {});
    expect(await internalPorts(['directory', 'portal'], ports)).toEqual(ports);
  });
});
