import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorization } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { LAUNCHER_SECRET, PASSWORD } from '../testing/seed.js';

describe('signing in at the province', () => {
  let directory: DirectoryService;

  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  const portal = (more: Record<string, string> = {}) =>
    authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
  const enter = { username: 'dr.lin', password: PASSWORD };

  it('gives the portal tokens that every service accepts', async () => {
    const browser = directory.browser();
    const request = portal();
    const page = await browser.walk(request.address);
    expect(page.at.pathname).toMatch(/^\/oidc\/interaction\//);
    expect(page.response?.status).toBe(200);
    const { at } = await browser.walk(page.at, enter);
    expect([at.pathname, at.searchParams.get('state')]).toEqual(['/signed-in', 'as-it-was']);
    const response = await request.redeem(at.searchParams.get('code') ?? '');
    const tokens = (await response.json()) as { access_token: string; refresh_token: string; expires_in: number };
    expect([response.status, tokens.expires_in]).toEqual([200, 3600]);
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

  it('gives programs tokens for their own secret', async () => {
    const { token } = await directory.serviceToken('launcher', LAUNCHER_SECRET, { scope: 'gateway:enrol' });
    expect(await directory.tokens.verify(token, undefined)).toEqual({
      ok: true,
      value: { kind: 'service', clientId: 'launcher', scopes: ['gateway:enrol'], hospital: null },
    });
  });
});
