import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorization } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('signing in at the province', () => {
  let directory: DirectoryService;
  let viewer: string;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    viewer = directory.environment.VIEWER_URL ?? '';
  });
  afterAll(() => directory?.stop());

  const portal = (more: Record<string, string> = {}) =>
    authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
  const ohif = (more: Record<string, string> = {}) =>
    authorization(directory.issuer, 'ohif', `${viewer}/callback`, more);
  const enter = { username: 'dr.lin', password: PASSWORD };
  const codeIn = (at: URL) => at.searchParams.get('code') ?? '';
  const signedIn = async () => {
    const browser = directory.browser();
    const request = portal();
    const page = await browser.walk(request.address);
    const { at } = await browser.walk(page.at, enter);
    return { browser, request, at };
  };
  const errorOf = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error];

  it('gives the portal tokens that every service accepts', async () => {
    const { request, at } = await signedIn();
    expect([at.pathname, at.searchParams.get('state')]).toEqual(['/signed-in', 'as-it-was']);
    const response = await request.redeem(codeIn(at));
    const tokens = (await response.json()) as { access_token: string; expires_in: number; token_type: string };
    expect([response.status, tokens.expires_in, tokens.token_type]).toEqual([200, 600, 'Bearer']);
    expect(await directory.tokens.verify(tokens.access_token, undefined)).toEqual({
      ok: true,
      value: {
        kind: 'person',
        subject: 'dr.lin',
        displayName: '员工 dr.lin',
        roles: ['clinician'],
        hospital: 'H001',
        department: 'RAD',
        sessionId: expect.any(String),
        secondFactorAt: null,
        purposeOfUse: 'TREAT',
      },
    });
    expect((await directory.ask(tokens.access_token, 'GET', 'me')).body).toEqual({
      subject: 'dr.lin',
      displayName: '员工 dr.lin',
      roles: ['clinician'],
      hospital: { code: 'H001', name: '栖云省立医院', level: 'provincial' },
      department: { code: 'RAD', name: '放射科' },
    });
  });

  it('carries over to the viewer, in one session and without asking again', async () => {
    const { browser, request, at } = await signedIn();
    const request2 = ohif({ prompt: 'none' });
    const silent = await browser.walk(request2.address);
    expect(silent.at.origin + silent.at.pathname).toBe(`${viewer}/callback`);
    const sessions = await Promise.all(
      [await request.redeem(codeIn(at)), await request2.redeem(codeIn(silent.at))].map(async (response) => {
        const { access_token } = (await response.json()) as { access_token: string };
        const verified = await directory.tokens.verify(access_token, undefined);
        return verified.ok && verified.value.kind === 'person' ? verified.value.sessionId : undefined;
      }),
    );
    expect(sessions[0]).toEqual(expect.any(String));
    expect(sessions[1]).toBe(sessions[0]);
    expect((await directory.browser().walk(ohif({ prompt: 'none' }).address)).at.searchParams.get('error')).toBe(
      'login_required',
    );
  });

  it('renews the portal by a refresh token that works once, until the person signs out', async () => {
    const { browser, request, at } = await signedIn();
    const first = (await (await request.redeem(codeIn(at))).json()) as { refresh_token: string; id_token: string };
    const second = await directory.refresh(first.refresh_token);
    expect([second.status, typeof second.body.access_token]).toEqual([200, 'string']);
    expect((await directory.refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    const question = new URLSearchParams({
      id_token_hint: first.id_token,
      post_logout_redirect_uri: `${directory.address}/`,
    });
    const page = await browser.open(`${directory.issuer}/session/end?${question}`);
    const html = await page.text();
    const script = /<script>(.*)<\/script>/.exec(html)?.[1] ?? '';
    // The page answers for the person, and its policy lets just that script run.
    expect(page.headers.get('content-security-policy')).toContain(createHash('sha256').update(script).digest('base64'));
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const out = await browser.walk(`${directory.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(out.at.href).toBe(`${directory.address}/`);
    expect((await browser.walk(ohif({ prompt: 'none' }).address)).at.searchParams.get('error')).toBe('login_required');
    expect((await directory.refresh(second.body.refresh_token ?? '')).body.error).toBe('invalid_grant');
  });

  it('lets a program of the desk listen on any port of the loopback address', async () => {
    const request = authorization(directory.issuer, 'yinglian-cli', 'http://127.0.0.1:51234/callback');
    const browser = directory.browser();
    const { at } = await browser.walk((await browser.walk(request.address)).at, enter);
    expect((await request.redeem(codeIn(at))).status).toBe(200);
  });

  it('redeems a code once, with its verifier, in time', async () => {
    const once = await signedIn();
    expect(await errorOf(await once.request.redeem(codeIn(once.at), { code_verifier: 'x'.repeat(43) }))).toEqual([
      400,
      'invalid_grant',
    ]);
    expect((await once.request.redeem(codeIn(once.at))).status).toBe(200);
    expect(await errorOf(await once.request.redeem(codeIn(once.at)))).toEqual([400, 'invalid_grant']);
    const late = await signedIn();
    await directory.database.query(
      `UPDATE provider_records SET expires_at = now() - interval '1 second' WHERE model = 'AuthorizationCode'`,
    );
    expect(await errorOf(await late.request.redeem(codeIn(late.at)))).toEqual([400, 'invalid_grant']);
  });

  it.each([
    ['a foreign redirect address', { redirect_uri: 'https://elsewhere.example/signed-in' }, 400],
    ['an unknown client', { client_id: 'nobody' }, 400],
  ])('shows %s its own page and redirects nowhere', async (_, wrong, status) => {
    const { response } = await directory.browser().walk(portal(wrong).address);
    expect([response?.status, response?.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await response?.text()).not.toMatch(/<script|http-equiv/);
  });

  it.each([
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a scope of programs', { scope: 'openid packs:write' }, 'invalid_scope'],
    ['a foreign audience', { resource: 'urn:elsewhere' }, 'invalid_target'],
  ])('refuses a request with %s', async (_, wrong, error) => {
    const { at } = await directory.browser().walk(portal(wrong).address);
    expect([at.pathname, at.searchParams.get('error')]).toEqual(['/signed-in', error]);
  });

  it('lets pages of the portal and the viewer ask for tokens, and no others', async () => {
    for (const origin of [directory.address, viewer]) {
      const { request, at } = await signedIn();
      const response = await request.redeem(codeIn(at), {}, { origin });
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    }
    const { request, at } = await signedIn();
    const foreign = await request.redeem(codeIn(at), {}, { origin: 'https://elsewhere.example' });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([400, null]);
  });

  it('publishes its addresses below the issuer, and public keys only', async () => {
    const discovery = await (await fetch(`${directory.issuer}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({
      issuer: directory.issuer,
      authorization_endpoint: `${directory.issuer}/auth`,
      token_endpoint: `${directory.issuer}/token`,
      end_session_endpoint: `${directory.issuer}/session/end`,
      jwks_uri: `${directory.issuer}/jwks`,
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    });
    const { keys } = (await (await fetch(`${directory.issuer}/jwks`)).json()) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('keeps keys, sessions and what people changed over a restart', async () => {
    const { browser } = await signedIn();
    const token = await directory.personToken('admin');
    await directory.ask(token, 'PATCH', 'hospitals/H001', { version: 1, name: '改过的名字' });
    await directory.restart();
    const { body } = await directory.ask(token, 'GET', 'hospitals/H001');
    expect(body).toMatchObject({ name: '改过的名字', version: 2 });
    expect(codeIn((await browser.walk(ohif({ prompt: 'none' }).address)).at)).not.toBe('');
  });
});
