import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { type ServedPage, servePage } from './serve-page.js';

describe('a web app that a service serves', () => {
  let folder: string;
  let fastify: FastifyInstance;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<meta content="__YINGLIAN_SETTINGS__">');
    await writeFile(join(folder, 'assets', 'app-1a2b3c4d.js'), 'console.log(1)');
    fastify = Fastify();
  });
  afterEach(async () => {
    await fastify.close();
    await rm(folder, { recursive: true });
  });

  const serve = async (page: Partial<ServedPage>) => {
    await fastify.register(servePage({ folder, at: '/', framedBy: 'nobody', ...page }));
    return fastify.listen();
  };
  const read = async (address: string) => {
    const response = await fetch(address);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('is at the root alone, in nobody’s frame, loading nothing from elsewhere', async () => {
    const address = await serve({});
    const { status, headers } = await read(`${address}/?a=b`);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'; form-action 'self'; base-uri 'none'$/,
    );
    expect((await read(`${address}/elsewhere`)).status).toBe(404);
  });

  it('is at every address but those of programs', async () => {
    const address = await serve({ at: { allBut: /^\/api(\/|$)/ }, framedBy: 'self' });
    expect([(await read(`${address}/people`)).status, (await read(`${address}/api/people`)).status]).toEqual([
      200, 404,
    ]);
    expect((await read(address)).headers.get('content-security-policy')).toMatch("frame-ancestors 'self'");
  });

  it('has its settings in the page, as text and never as markup', async () => {
    const { text } = await read(await serve({ settings: { name: '"><script>' } }));
    expect(text).toBe('<meta content="{&quot;name&quot;:&quot;\\&quot;>&lt;script>&quot;}">');
  });

  it('keeps its files for ever, and gives none from outside', async () => {
    const address = await serve({});
    const file = await read(`${address}/assets/app-1a2b3c4d.js`);
    expect([file.text, file.headers.get('cache-control')]).toEqual([
      'console.log(1)',
      'public, max-age=31536000, immutable',
    ]);
    expect((await read(`${address}/assets/..%2findex.html`)).status).toBeGreaterThanOrEqual(400);
  });

  it('is served as it is built anew, and as it was until then', async () => {
    const address = await serve({ settings: { a: 1 } });
    const built = async (page: string) => {
      await writeFile(join(folder, 'index.html'), page);
      return (await read(address)).text;
    };
    const before = (await read(address)).text;
    expect(await built('<script src="/assets/app-')).toBe(before);
    await rm(join(folder, 'index.html'));
    expect((await read(address)).text).toBe(before);
    const whole = (name: string) => `<script src="/assets/${name}.js"></script><meta content="__YINGLIAN_SETTINGS__">`;
    expect(await built(whole('app-2'))).toMatch(/app-2.*{&quot;a&quot;:1}/);
    expect(await built(whole('app-3'))).toMatch(/app-3/);
  });

  it('is not served without a place for its settings', async () => {
    await writeFile(join(folder, 'index.html'), '<p>no place</p>');
    await expect(serve({ settings: {} })).rejects.toThrow('has no place for its settings');
  });
});
