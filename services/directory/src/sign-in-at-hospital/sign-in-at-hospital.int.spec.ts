import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { enrolOn } from '../testing/authenticator-app.js';
import { authorization, type Browser } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { HospitalOp } from '../testing/hospital-op.js';
import { PASSWORD } from '../testing/seed.js';

describe('staff of a hospital with an OpenID provider of its own', () => {
  let directory: DirectoryService;
  let admin: string;
  let op: HospitalOp;

  beforeAll(async () => {
    directory = await DirectoryService.start();
    admin = await directory.personToken('admin');
    const { body } = await directory.ask(admin, 'GET', 'hospitals/H001/sign-in');
    expect(body).toEqual({
      provider: null,
      redirectUri: `${directory.address}/oidc/hospital-sign-in`,
      jwksUri: `${directory.address}/oidc/jwks`,
    });
    op = await HospitalOp.start(body);
  });
  beforeEach(() => {
    op.who = 'u-0017';
    op.signedInAgo = 0;
  });
  afterAll(async () => {
    await op?.stop();
    await directory?.stop();
  });

  const begin = async (browser = directory.browser({ 'accept-language': 'zh-CN' })) => {
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`);
    const page = await browser.walk(request.address);
    return { browser, request, path: page.at.pathname, html: (await page.response?.text()) ?? '' };
  };
  const atHospital = (browser: Browser, path: string) => browser.walk(`${directory.address}${path}/hospital/H001`);
  const claimsOf = async (request: ReturnType<typeof authorization>, at: URL) => {
    const answer = await request.redeem(at.searchParams.get('code') ?? '');
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  };
  const link = async (username: string) => {
    const { browser, request, path } = await begin();
    const back = await atHospital(browser, path);
    return { back, request, end: await browser.walk(back.at, { username, password: PASSWORD }) };
  };
  const tellCodes = async (subject: string) =>
    (await directory.signIns()).filter(({ actor }) => actor.subject === subject).map(({ code }) => code);

  it('is known as soon as its administrator names it and it answers', async () => {
    const put = (hospital: string, setting: object, as = admin) =>
      directory.ask(as, 'PUT', `hospitals/${hospital}/sign-in`, setting);
    const setting = { issuer: op.issuer, clientId: 'province' };
    const refused = [
      await put('H001', { ...setting, issuer: `${op.issuer}/other` }),
      await put('H404', setting),
      await put('H001', { ...setting, issuer: 'ldap://hospital' }),
      await put('H002', setting, await directory.personToken('admin.h1')),
    ];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual([
      [422, 'HOSPITAL_PROVIDER_AWAY'],
      [404, 'HOSPITAL_NOT_FOUND'],
      [400, 'INVALID_REQUEST'],
      [403, 'OF_ANOTHER_HOSPITAL'],
    ]);
    expect((await begin()).html).not.toContain('用本院账号登录');
    expect((await put('H001', setting)).body.provider).toEqual(setting);
    expect((await put('H002', setting)).body.code).toBe('ISSUER_TAKEN');
    expect((await begin()).html).toMatch(
      /用本院账号登录<\/summary><a class="button elsewhere" href="[^"]+\/hospital\/H001/,
    );
  });

  it('sign in there once with their password here, and from then on without', async () => {
    const { back, request, end } = await link('dr.lin');
    expect(await back.response?.text()).toContain('本院账号 工号 u-0017 首次在此登录');
    expect(await claimsOf(request, end.at)).toMatchObject({ sub: 'dr.lin', amr: ['pwd'] });
    const again = await begin();
    const { at } = await atHospital(again.browser, again.path);
    expect(await claimsOf(again.request, at)).toMatchObject({ sub: 'dr.lin', hospital: 'H001', amr: ['fed'] });
    expect(await tellCodes('dr.lin')).toEqual(['IDENTITY_LINKED', 'HOSPITAL_PROVIDER']);
  });

  it('have one identity there, and an account of another hospital has none', async () => {
    op.who = 'u-0018';
    // Already somebody else there; and an account of the commission.
    for (const username of ['dr.lin', 'auditor']) {
      const { request, end } = await link(username);
      expect(await claimsOf(request, end.at)).toMatchObject({ sub: username, amr: ['pwd'] });
    }
    const { browser, path } = await begin();
    const back = await atHospital(browser, path);
    expect(await back.response?.text()).toContain('工号 u-0018 首次在此登录');
  });

  it('prove the province’s second factor behind it', async () => {
    op.who = 'u-0019';
    const enrolled = await (async () => {
      const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, {
        acr_values: 'urn:yinglian:second-factor',
      });
      const browser = directory.browser();
      const { at } = await browser.walk(request.address);
      const back = await atHospital(browser, at.pathname);
      const page = await browser.walk(back.at, { username: 'security.h1', password: PASSWORD });
      return enrolOn(browser, page);
    })();
    expect(enrolled.end.at.pathname).toBe('/signed-in');
    const { browser, request, path } = await begin();
    const asked = await atHospital(browser, path);
    expect(await asked.response?.text()).toContain('请输入 security.h1 的身份验证器上显示的 6 位动态码');
    const { at } = await browser.walk(`${directory.address}${path}/code`, { code: await enrolled.app.code() });
    expect(await claimsOf(request, at)).toMatchObject({ sub: 'security.h1', amr: ['fed', 'otp'] });
  });

  it('are not signed in by an answer that is old, comes twice, or to another browser', async () => {
    op.signedInAgo = 3_600;
    const old = await begin();
    const answered = await atHospital(old.browser, old.path);
    expect([answered.response?.status, await answered.response?.text()]).toEqual([
      401,
      expect.stringContaining('本院的登录服务没有确认您的身份'),
    ]);
    op.signedInAgo = 0;

    const theirs = await begin();
    let answer = await theirs.browser.open(`${directory.address}${theirs.path}/hospital/H001`);
    const hops: string[] = [];
    for (let to = answer.headers.get('location'); to !== null && hops.length < 8; to = answer.headers.get('location')) {
      hops.push(new URL(to, hops.at(-1) ?? directory.address).href);
      if (to.includes('/oidc/hospital-sign-in?')) break;
      answer = await theirs.browser.open(hops.at(-1) ?? '');
    }
    const back = hops.at(-1) ?? '';
    expect(back).toContain('/oidc/hospital-sign-in?code=');
    const foreign = await directory.browser({ 'accept-language': 'zh-CN' }).walk(back);
    expect([foreign.response?.status, await foreign.response?.text()]).toEqual([
      400,
      expect.stringContaining('登录页面已失效'),
    ]);
    const other = await begin();
    const swapped = await other.browser.walk(
      `${directory.address}${other.path}/hospital-answer${new URL(back).search}`,
    );
    expect(swapped.response?.status).toBe(401);
    const first = await theirs.browser.walk(back);
    expect(first.at.searchParams.get('code')).not.toBeNull();
    const second = await theirs.browser.walk(back);
    expect(second.response?.status).toBe(400);
  });

  it('do not come in when their account is closed, is elsewhere, or is no longer linked', async () => {
    const enter = async () => {
      const { browser, path } = await begin();
      const { response } = await atHospital(browser, path);
      return response === undefined ? 'in' : response.text();
    };
    const linked = async () => (await directory.ask(admin, 'GET', 'staff/dr.lin')).body.linked;
    expect([await enter(), await linked()]).toEqual(['in', true]);
    expect((await directory.ask(admin, 'DELETE', 'staff/dr.lin/hospital-identity')).status).toBe(204);
    expect((await directory.ask(admin, 'DELETE', 'staff/dr.lin/hospital-identity')).body.code).toBe(
      'IDENTITY_NOT_LINKED',
    );
    expect(await linked()).toBe(false);
    expect(await directory.events('deed.recorded.v1')).toContainEqual(
      expect.objectContaining({ action: 'identity.unlink', account: 'dr.lin' }),
    );
    expect(await enter()).toContain('首次在此登录');
    await link('dr.lin');
    const closed = await directory.ask(admin, 'PATCH', 'staff/dr.lin', { version: 1, active: false });
    expect(closed.body).toMatchObject({ active: false });
    expect(await enter()).toContain('与该本院账号关联的平台账号不能登录');
    expect((await tellCodes('dr.lin')).at(-1)).toBe('ACCOUNT_NOT_OPEN');
    expect((await directory.ask(admin, 'DELETE', 'hospitals/H001/sign-in')).status).toBe(204);
    expect(await enter()).toContain('本院的登录服务没有确认您的身份');
  });
});
