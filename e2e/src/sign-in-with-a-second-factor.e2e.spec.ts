import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { AuthenticatorApp } from './authenticator-app.js';
import {
  accessTokenOf,
  claimsOf,
  fillSignIn,
  launchBrowser,
  newPage,
  signInAsSample,
  widthBeyondScreen,
} from './browser.js';
import { eventually } from './eventually.js';
import { VirtualAuthenticator } from './virtual-authenticator.js';

const describeHere = machineHas('chromium') ? describe : describe.skip;
const PHONE = { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true };

describeHere('signing in with a second factor', () => {
  let province: Province;
  let browser: Browser;
  let admin: Page;
  let app: AuthenticatorApp;
  let keyed: Page;
  let keys: Awaited<ReturnType<VirtualAuthenticator['keys']>>;

  beforeAll(async () => {
    // Tokens are renewed a minute before their end.
    const environment = { ACCESS_TOKEN_MINUTES: '2', YINGLIAN_HOSTNAME: 'localhost' };
    [province, browser] = await Promise.all([startProvince({ sample: false, environment }), launchBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  const passwordOf = (account: string) =>
    province.endpoints.users.find(({ username }) => username === account)?.password ?? '';
  /** In the window beside the portal, at what is set up. Nobody else at this browser does: the password is asked for again. */
  const setUpBeside = async (page: Page, account: string) => {
    await page.getByText('尚未设置。').waitFor();
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '设置第二步验证' }).click(),
    ]);
    expect(await beside.inputValue('input[name=username]')).toBe(account);
    await beside.fill('input[name=password]', passwordOf(account));
    await beside.click('form button');
    await beside.getByRole('heading', { name: '设置第二步验证' }).waitFor();
    return beside;
  };
  const signInWithCode = async (page: Page) => {
    await fillSignIn(page, province.endpoints.edge, 'admin', passwordOf('admin'));
    await page.fill('input[name=code]', app.code());
    await page.click('form button');
    await page.waitForSelector('header.bar');
  };

  it('sets an app up in a window beside the portal, which stays as it was', async () => {
    admin = await newPage(browser);
    await signInAsSample(admin, province, 'admin');
    await admin.goto(`${province.endpoints.edge}/account`);
    const beside = await setUpBeside(admin, 'admin');
    await beside.getByRole('img', { name: '二维码' }).waitFor();
    app = new AuthenticatorApp((await beside.locator('.key code').textContent()) ?? '');
    await beside.fill('input[name=code]', app.code());
    await beside.getByRole('button', { name: '绑定' }).click();
    expect(await beside.locator('.recovery li').count()).toBe(10);
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    await admin.getByText('已绑定身份验证器。').waitFor();
    const { amr, second_factor_time: provedAt } = await claimsOf(admin);
    expect([amr, Math.abs(Date.now() / 1_000 - Number(provedAt)) < 120]).toEqual([['pwd', 'otp'], true]);
  });

  it('asks for its code at the next sign-in, on a phone as well', async () => {
    const phone = await newPage(browser, PHONE);
    await fillSignIn(phone, province.endpoints.edge, 'admin', passwordOf('admin'));
    await phone.getByRole('heading', { name: '第二步验证' }).waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
    await phone.fill('input[name=code]', '000000');
    await phone.click('form button');
    await phone.getByRole('alert').getByText('动态码不正确。').waitFor();
    await phone.fill('input[name=code]', app.code());
    await phone.click('form button');
    await phone.waitForSelector('header.bar');
  });

  it('shows where one is signed in, and ends it there', async () => {
    await admin.reload();
    const rows = admin.locator('section', { hasText: '登录设备' }).getByRole('listitem');
    await eventually('both sessions', async () => (await rows.count()) === 2);
    await rows
      .filter({ hasText: '本次登录' })
      .getByText(/Chrome \d+，Linux/)
      .waitFor();
    await admin.getByRole('button', { name: '结束其他所有登录' }).click();
    await admin.getByRole('tooltip').getByRole('button', { name: '结束其他所有登录' }).click();
    await eventually('the other one is ended', async () => (await rows.count()) === 1);
  });

  it('is told by the viewer, which renews its tokens by itself, for how long nobody touched it', async () => {
    const viewer = await admin.context().newPage();
    const idle: number[] = [];
    viewer.on('request', (request) => {
      const { pathname, searchParams: asked } = new URL(request.url());
      if (pathname === '/oidc/auth' && asked.get('prompt') === 'none') idle.push(Number(asked.get('idle_s')));
    });
    await viewer.goto(`${province.endpoints.viewer}/viewer?StudyInstanceUIDs=1.2.3`);
    await eventually('a renewal after most of a minute', async () => idle.some((seconds) => seconds >= 30), 150_000);
    await viewer.close();
  }, 200_000);

  it('renews tokens by itself, and leaves for the sign-in as soon as the session was ended', async () => {
    const { exp } = await claimsOf(admin);
    await eventually('a newer token', async () => Number((await claimsOf(admin)).exp) > Number(exp), 90_000);
    await fetch(`${province.endpoints.edge}/api/directory/staff/admin/sessions`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await accessTokenOf(admin)}` },
    });
    await admin.waitForSelector('input[name=password]', { timeout: 90_000 });
    expect(admin.url()).toContain('/oidc/interaction/');
  }, 200_000);

  it('lets a security administrator see who has one, and take it away', async () => {
    await signInWithCode(admin);
    const page = await newPage(browser);
    await signInAsSample(page, province, 'security');
    await page.getByRole('link', { name: '账号', exact: true }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'admin' }).filter({ hasText: '已设置第二步验证' });
    await row.getByRole('button', { name: '登录安全' }).click();
    await page.getByRole('menuitem', { name: '解除第二步验证' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '解除第二步验证' }).click();
    await row.waitFor({ state: 'detached' });
    const again = await newPage(browser);
    await fillSignIn(again, province.endpoints.edge, 'admin', passwordOf('admin'));
    await again.waitForSelector('header.bar');
  });

  it('makes a passkey in that window as well, and further ones in the portal', async () => {
    keyed = await newPage(browser);
    await signInAsSample(keyed, province, 'security');
    await keyed.goto(`${province.endpoints.edge}/account`);
    const beside = await setUpBeside(keyed, 'security');
    const ring = await VirtualAuthenticator.in(beside);
    await beside.getByRole('button', { name: '创建通行密钥' }).click();
    await beside.getByRole('heading', { name: '请保存恢复码' }).waitFor();
    expect(await beside.locator('.recovery li').count()).toBe(10);
    keys = await ring.keys();
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    await keyed.getByText(/^Chrome \d+ · Linux$/).waitFor();
    expect((await claimsOf(keyed)).amr).toEqual(['pwd', 'pop']);
    const carried = await VirtualAuthenticator.in(keyed, keys);
    await keyed.getByRole('button', { name: '添加通行密钥' }).click();
    await keyed.getByLabel('名称').fill('值班室钥匙');
    await keyed.getByRole('button', { name: '添加通行密钥' }).click();
    // The key on the ring is known already; one from the drawer is not.
    await keyed.getByText('这把密钥已经添加过。').waitFor();
    await carried.putAway();
    await VirtualAuthenticator.in(keyed);
    await keyed.getByRole('button', { name: '添加通行密钥' }).click();
    await keyed.getByText('值班室钥匙').waitFor();
  });

  it('signs in by a passkey after the password, and lets its owner remove one', async () => {
    const phone = await newPage(browser, PHONE);
    await VirtualAuthenticator.in(phone, keys);
    await fillSignIn(phone, province.endpoints.edge, 'security', passwordOf('security'));
    await phone.getByRole('button', { name: '使用通行密钥' }).waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
    await phone.getByRole('button', { name: '使用通行密钥' }).click();
    await phone.waitForSelector('header.bar');
    expect((await claimsOf(phone)).amr).toEqual(['pwd', 'pop']);
    await phone.goto(`${province.endpoints.edge}/account`);
    const spare = phone.getByRole('listitem').filter({ hasText: '值班室钥匙' });
    await spare.getByText('尚未使用').waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
    await spare.getByRole('button', { name: '删除' }).click();
    await phone.getByRole('tooltip').getByRole('button', { name: '删除' }).click();
    await spare.waitFor({ state: 'detached' });
  });

  it('says on the page when the authenticator has no such passkey', async () => {
    const stranger = await newPage(browser);
    await VirtualAuthenticator.in(stranger);
    await fillSignIn(stranger, province.endpoints.edge, 'security', passwordOf('security'));
    await stranger.getByRole('button', { name: '使用通行密钥' }).click();
    await stranger.getByRole('alert').getByText('没有用上通行密钥。').waitFor();
  });
});
