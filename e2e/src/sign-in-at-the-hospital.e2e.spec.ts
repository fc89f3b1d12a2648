import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { HospitalOp } from '../../services/directory/src/testing/hospital-op.js';
import { AuthenticatorApp } from './authenticator-app.js';
import { claimsOf, launchBrowser, newPage, searchPerson, signInAsSample } from './browser.js';
import { eventually } from './eventually.js';

const describeHere = machineHas('chromium') ? describe : describe.skip;
const HOSPITAL = 'H002';
const DOCTOR = 'dr.chen';

describeHere('a doctor whose hospital has an OpenID provider', () => {
  let province: Province;
  let browser: Browser;
  let provider: HospitalOp;
  let page: Page;
  let app: AuthenticatorApp;

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    const address = `${province.endpoints.edge}/api/directory/hospitals/${HOSPITAL}/sign-in`;
    const headers = { authorization: `Bearer ${await province.token('admin')}`, 'content-type': 'application/json' };
    const known = (await (await fetch(address, { headers })).json()) as { redirectUri: string; jwksUri: string };
    provider = await HospitalOp.start(known);
    provider.who = 'u-0042';
    const setting = { issuer: provider.issuer, clientId: 'province' };
    const put = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(setting) });
    if (!put.ok) throw new Error(`The provider was refused: ${await put.text()}`);
    page = await newPage(browser);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await provider?.stop();
    await province?.stop();
  }, 110_000);

  /** From the portal’s first page to the hospital and back. */
  const comeByHospital = async (from: Page) => {
    await from.goto(province.endpoints.edge);
    await from.locator('details.elsewhere a.button').click();
  };
  const password = () => province.endpoints.users.find(({ username }) => username === DOCTOR)?.password ?? '';

  it('proves once with the password that the account is theirs', async () => {
    await comeByHospital(page);
    await page.getByText('本院账号 工号 u-0042 首次在此登录').waitFor();
    await page.fill('input[name=username]', DOCTOR);
    await page.fill('input[name=password]', password());
    await page.click('form button');
    await page.waitForSelector('header.bar');
    expect((await claimsOf(page)).amr).toEqual(['pwd']);
  });

  it('sets a second factor up', async () => {
    await page.goto(`${province.endpoints.edge}/account`);
    // At an IP address no passkey is offered.
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '设置第二步验证' }).click(),
    ]);
    await beside.fill('input[name=password]', password());
    await beside.click('form button');
    app = new AuthenticatorApp((await beside.locator('.key code').textContent()) ?? '');
    expect(await beside.locator('form').count()).toBe(1);
    await beside.fill('input[name=code]', app.code());
    await beside.click('form button');
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    await page.getByText('此地址不支持通行密钥').waitFor();
  });

  it('comes by the hospital and the second factor to a list of studies, without a password', async () => {
    const next = await newPage(browser);
    await comeByHospital(next);
    await next.getByRole('heading', { name: '第二步验证' }).waitFor();
    await next.fill('input[name=code]', app.code());
    await next.click('form button');
    await next.waitForSelector('header.bar');
    expect((await claimsOf(next)).amr).toEqual(['fed', 'otp']);
    const studies = await eventually(
      'the studies of the person',
      async () => {
        await searchPerson(next, province.endpoints.edge, 'wxy');
        await next.getByRole('link', { name: /王小雨/ }).click({ timeout: 3_000 });
        await next.locator('.study').nth(1).waitFor({ timeout: 3_000 });
        return next.locator('.study').count();
      },
      90_000,
    );
    expect(studies).toBeGreaterThan(1);
  });

  it('is unlinked by an administrator, and is asked for the password again', async () => {
    const admin = await newPage(browser);
    await signInAsSample(admin, province, 'security');
    await admin.getByRole('link', { name: '账号', exact: true }).click();
    const row = admin.getByRole('listitem').filter({ hasText: DOCTOR }).filter({ hasText: '已关联本院登录' });
    await row.getByRole('button', { name: '登录安全' }).click();
    await admin.getByRole('menuitem', { name: '解除本院登录关联' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: '解除本院登录关联' }).click();
    await row.waitFor({ state: 'detached' });
    const again = await newPage(browser);
    await comeByHospital(again);
    await again.getByText('本院账号 工号 u-0042 首次在此登录').waitFor();
  });
});
