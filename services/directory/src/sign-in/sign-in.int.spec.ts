import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorization } from '../testing/browser.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('the sign-in page', () => {
  let directory: DirectoryService;

  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  const open = async (headers: Record<string, string> = {}, more: Record<string, string> = {}) => {
    const browser = directory.browser(headers);
    const request = authorization(directory.issuer, 'portal', `${directory.address}/signed-in`, more);
    const { at, response } = await browser.walk(request.address);
    return { browser, at, page: (await response?.text()) ?? '', headers: response?.headers };
  };

  it('speaks Chinese first, and English to those who ask', async () => {
    expect((await open()).page).toMatch(/<html lang="zh-CN">.*全省医学影像，一处可及/s);
    expect((await open({ 'accept-language': 'en-US,en;q=0.9' })).page).toMatch(/One imaging cloud for the province/);
    const { browser, at, page } = await open({ 'accept-language': 'en' }, { ui_locales: 'zh-CN' });
    expect(page).toMatch(/<h1>登录<\/h1>/);
    at.searchParams.set('lang', 'en');
    expect(await (await browser.open(at)).text()).toMatch(/<h1>Sign in<\/h1>/);
  });

  it('runs no script, loads nothing and is framed by nobody', async () => {
    const { page, headers } = await open();
    const policy = headers?.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[^;]+; img-src data:; form-action 'self' http/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(page).not.toMatch(/<script|src=|@import|url\(/);
    expect(headers?.get('cache-control')).toBe('no-store');
  });

  it('says the same of an unknown account, a wrong password and an account that is closed', async () => {
    const admin = await directory.personToken('admin');
    await directory.ask(admin, 'PATCH', 'staff/auditor', { version: 1, active: false });
    const attempts = [
      { username: 'dr.lin', password: 'wrong password' },
      { username: 'nobody', password: 'wrong password' },
      { username: 'auditor', password: PASSWORD },
    ];
    for (const attempt of attempts) {
      const { browser, at } = await open();
      const response = await browser.open(at, attempt);
      const html = await response.text();
      expect([response.status, /role="alert">([^<]*)/.exec(html)?.[1]]).toEqual([401, '账号或密码不正确。']);
      expect(html).toContain(`value="${attempt.username}"`);
      expect(html).not.toContain(attempt.password);
    }
  });

  it('gives back what was typed as text', async () => {
    const { browser, at } = await open();
    const username = `"><script>alert('1')</script>`;
    const html = await (await browser.open(at, { username, password: 'x' })).text();
    expect(html).not.toContain('<script>');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"');
  });

  it('lets a failing account wait from the sixth attempt on, also with the right password', async () => {
    const { browser, at } = await open({ 'x-forwarded-for': '192.0.2.7' });
    const attempt = async (password: string) => browser.open(at, { username: 'dr.lin', password });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await attempt('wrong password')).status);
    const waiting = await attempt(PASSWORD);
    expect([statuses, waiting.status, waiting.headers.get('retry-after')]).toEqual([
      [401, 401, 401, 401, 401],
      429,
      '2',
    ]);
    // From another address the account's owner is not kept out.
    expect(await directory.personToken('dr.lin')).toEqual(expect.any(String));
    await new Promise((wait) => setTimeout(wait, 2_100));
    expect((await attempt(PASSWORD)).status).toBe(303);
  });

  it('does not count many attempts at once as one', async () => {
    const { browser, at } = await open({ 'x-forwarded-for': '192.0.2.8' });
    const attempts = Array.from({ length: 12 }, () => browser.open(at, { username: 'dr.lin', password: 'guess' }));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('takes no form from another origin or another browser', async () => {
    const { browser, at } = await open();
    const form = { username: 'dr.lin', password: PASSWORD };
    expect((await browser.open(at, form, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await browser.open(at, form, { origin: 'null' })).status).toBe(403);
    const elsewhere = await directory.browser().open(at, form);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([400, expect.stringContaining('登录页面已失效')]);
    expect((await browser.open(at, form, { origin: directory.address })).status).toBe(303);
  });

  it('says so when it has expired', async () => {
    const { browser, at } = await open();
    await directory.database.query(`DELETE FROM provider_records WHERE model = 'Interaction'`);
    const response = await browser.open(at);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('登录页面已失效')]);
  });
});
