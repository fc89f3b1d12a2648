import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageClient, writeHospitalFile } from '../testing/page-client.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';
import type { SessionState } from './session-state.js';

const PASSWORD = 'an invented pass phrase';

describe('signing in to the page of a gateway', () => {
  let folder: string;
  let file: string;
  let gateway: TestGateway;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-page-'));
    file = join(folder, 'hospital.json');
    await writeHospitalFile(file, PASSWORD);
    gateway = await TestGateway.start({ HOSPITAL_FILE: file });
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  it('opens a session that scripts and other sites cannot use, and closes it', async () => {
    const page = new PageClient(gateway);
    const opened = await page.signIn(' Qin ', PASSWORD);
    expect([opened.status, await opened.json()]).toEqual([
      200,
      { user: { username: 'qin', name: '秦工' }, hasAccounts: true },
    ]);
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^yinglian-gateway=[\w-]{43}; Path=\/api\/gateway; HttpOnly; SameSite=Strict$/),
    ]);
    const overTls = new PageClient(gateway, () => gateway.url.replace('http:', 'https:'));
    expect((await overTls.signIn('qin', PASSWORD)).headers.getSetCookie()).toEqual([expect.stringMatching(/; Secure/)]);
    expect((await page.ask('GET', 'status')).status).toBe(200);
    const { cookie } = page;
    expect((await page.ask('DELETE', 'session')).status).toBe(204);
    page.cookie = cookie;
    expect((await page.ask('GET', 'status')).status).toBe(401);
  });

  it('gives the same answer to a wrong password and to an unknown account, and makes who guesses wait', async () => {
    const page = new PageClient(gateway);
    const wrong = await page.signIn('nobody', PASSWORD);
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { code: 'PAGE_SIGN_IN_WRONG' }]);
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await (await page.signIn('qin', `guess ${guess}`)).json()).toMatchObject({ code: 'PAGE_SIGN_IN_WRONG' });
    }
    const locked = await page.signIn('qin', PASSWORD);
    expect([locked.status, await locked.json()]).toMatchObject([
      429,
      { code: 'PAGE_SIGN_IN_WAIT', detail: expect.stringMatching(/^[12]$/) },
    ]);
    await eventually('the right password is taken again', async () => (await page.signIn('qin', PASSWORD)).ok);
    expect(gateway.output).not.toMatch(/guess \d|pass phrase/);
  });

  it('is asked for at every address of the page, and nothing is changed from another site', async () => {
    const described = await fetch(`${gateway.url}/api/gateway/openapi.json`);
    const { paths } = (await described.json()) as { paths: Record<string, Record<string, unknown>> };
    const addresses = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/gateway/') && path !== '/api/gateway/session')
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path.slice(13)]));
    expect(addresses).toContainEqual(['GET', 'status']);
    const stranger = new PageClient(gateway);
    const signedIn = new PageClient(gateway);
    await signedIn.signIn('qin', PASSWORD);
    const elsewhere = new PageClient(gateway, () => 'https://elsewhere.example');
    elsewhere.cookie = signedIn.cookie;
    for (const [method = '', path = ''] of addresses) {
      const answers = [await stranger.ask(method, path)];
      if (method !== 'GET') answers.push(await elsewhere.ask(method, path));
      const codes = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { code: string }).code));
      const expected = method === 'GET' ? ['PAGE_SIGN_IN_NEEDED'] : ['PAGE_SIGN_IN_NEEDED', 'PAGE_FROM_ELSEWHERE'];
      expect([method, path, ...codes]).toEqual([method, path, ...expected]);
    }
    expect((await elsewhere.signIn('qin', PASSWORD)).status).toBe(403);
  });

  it('ends when the account has another password, or is gone: then the page says that there is none', async () => {
    const page = new PageClient(gateway);
    await page.signIn('qin', PASSWORD);
    await writeHospitalFile(file, 'another pass phrase');
    await eventually('the session ends', async () => (await page.ask('GET', 'status')).status === 401);
    await writeHospitalFile(file, undefined);
    await eventually('nobody can sign in', async () => {
      const state = (await (await page.ask('GET', 'session')).json()) as SessionState;
      return state.user === null && state.hasAccounts === false;
    });
  });
});
