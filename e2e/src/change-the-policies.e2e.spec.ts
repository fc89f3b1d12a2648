import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { AuthenticatorApp } from './authenticator-app.js';
import { launchBrowser, newPage, signInAsSample, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { SECOND_FACTOR_RULE } from './second-factor-rule.js';
import { sendAndLink } from './send-and-link.js';

const describeHere = machineHas('chromium') ? describe : describe.skip;

describeHere('the policies of a province', () => {
  let province: Province;
  let browser: Browser;
  let proposing: Page;
  const series = ctSeries(2);

  const signedIn = async (username: string, viewport = { width: 1280, height: 860 }) => {
    const page = await newPage(browser, { viewport });
    await signInAsSample(page, province, username);
    return page;
  };
  /** By the hospital that made the study, with a password alone. */
  const opening = async () => {
    const response = await fetch(`${province.endpoints.dicomweb}/studies/${series.studyInstanceUid}/metadata`, {
      headers: { authorization: `Bearer ${await province.token('dr.lin')}`, accept: 'application/dicom+json' },
    });
    await response.arrayBuffer();
    return response.status;
  };

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    await sendAndLink(province, series);
    expect([await opening(), await opening()]).toEqual([200, 200]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  it('are read with what is said of each, written, tried on the last week and proposed', async () => {
    proposing = await signedIn('security');
    await proposing.goto(`${province.endpoints.edge}/policies`);
    await proposing.getByText('随软件发布的策略').waitFor();
    await proposing.getByRole('heading', { name: 'patient-objects' }).waitFor();
    expect(await widthBeyondScreen(proposing)).toBe(0);
    await proposing.getByRole('button', { name: '提出修改' }).click();
    const file = proposing.getByLabel('clinicians.cedar');
    const before = await file.inputValue();
    await file.fill('permit everything');
    await proposing.getByRole('button', { name: '用过去 7 天试行' }).click();
    await proposing.getByText('策略有误，不能使用').waitFor();
    await file.fill(`${before}${SECOND_FACTOR_RULE}`);
    await eventually('what was decided is in the log', async () => {
      await proposing.getByRole('button', { name: '用过去 7 天试行' }).click();
      return proposing.getByText(/[1-9]\d* 次会被拒绝，0 次会被放行/).isVisible();
    });
    await proposing.getByRole('cell', { name: '本院检查' }).waitFor();
    await proposing.getByLabel('修改理由').fill('省卫健委要求调阅影像须双因素认证');
    await proposing.getByRole('button', { name: '提交，等待他人签发' }).click();
    await proposing.getByText('待签发').waitFor();
    // Who proposed it does not sign.
    expect(await proposing.getByRole('button', { name: '签发' }).count()).toBe(0);
    expect(await opening()).toBe(200);
  }, 90_000);

  it('are signed by another with the second factor, on a phone too, and every service decides by them', async () => {
    const signing = await signedIn('security2', { width: 390, height: 844 });
    await signing.goto(`${province.endpoints.edge}/policies`);
    await signing.getByText('提议 (1)').click();
    await signing.getByText('省卫健委要求调阅影像须双因素认证').waitFor();
    await signing.locator('ins', { hasText: 'clinician-proves-second-factor' }).waitFor();
    expect(await widthBeyondScreen(signing)).toBe(0);
    const sign = signing.getByRole('button', { name: /签\s?发/ });
    await sign.click();
    const [beside] = await Promise.all([
      signing.waitForEvent('popup'),
      signing.getByRole('button', { name: '去验证' }).click(),
    ]);
    const password = province.endpoints.users.find(({ username }) => username === 'security2')?.password ?? '';
    await beside.fill('input[name=password]', password);
    await beside.click('form button');
    const app = new AuthenticatorApp((await beside.locator('.key code').textContent()) ?? '');
    await beside.fill('input[name=code]', app.code());
    await beside.click('form button');
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    await sign.click();
    await signing.getByText('已签发').waitFor();
    expect(await opening()).toBe(403);
    await proposing.reload();
    await proposing.getByText(/第 1 次签发：security 提出，security2 签发/).waitFor();
    await proposing.getByRole('heading', { name: 'clinician-proves-second-factor' }).waitFor();
  }, 90_000);

  it('are read by the auditor, who changes nothing', async () => {
    const page = await signedIn('auditor');
    await page.goto(`${province.endpoints.edge}/policies`);
    await page.getByRole('heading', { name: 'clinician-proves-second-factor' }).waitFor();
    expect(await page.getByRole('button', { name: '提出修改' }).count()).toBe(0);
    await page.getByText('提议').click();
    await page.getByText('已签发').waitFor();
  }, 60_000);
});
