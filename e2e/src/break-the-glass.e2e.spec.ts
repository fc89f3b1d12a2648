import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { AuthenticatorApp } from './authenticator-app.js';
import { accessTokenOf, launchBrowser, newPage, signInAsSample, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { sendAndLink } from './send-and-link.js';

const describeHere = machineHas('chromium') ? describe : describe.skip;
const CLINICIAN = 'dr.zhao';

describeHere('an emergency at a hospital that the patient closed their images to', () => {
  let province: Province;
  let browser: Browser;
  let page: Page;
  let personId: string;
  const series = ctSeries(2);

  /** With the token of the page, as the viewer asks. */
  const opening = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${await accessTokenOf(page)}`, accept: 'application/dicom+json' };
    const response = await fetch(`${province.endpoints.dicomweb}/studies/${series.studyInstanceUid}/metadata`, {
      headers,
    });
    await response.arrayBuffer();
    return response.status;
  };

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    const { edge } = province.endpoints;
    personId = await sendAndLink(province, series);
    const closing = { personId, decision: 'closes', scope: { kind: 'person' }, identity: 'resident-id' };
    const closed = await fetch(`${edge}/api/consent-audit/consents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await province.token('steward')}`, 'content-type': 'application/json' },
      body: JSON.stringify(closing),
    });
    expect(closed.status).toBe(201);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  it('is opened with the second factor and a reason; a banner stands over every page meanwhile', async () => {
    page = await newPage(browser);
    await signInAsSample(page, province, CLINICIAN);
    await page.goto(`${province.endpoints.edge}/people/${personId}`);
    await eventually('it is closed', async () => (await opening()) === 403);
    await page.getByRole('button', { name: '紧急调阅' }).click();
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '去验证' }).click(),
    ]);
    await beside.fill('input[name=password]', passwordOf(province, CLINICIAN));
    await beside.click('form button');
    const app = new AuthenticatorApp((await beside.locator('.key code').textContent()) ?? '');
    await beside.fill('input[name=code]', app.code());
    await beside.click('form button');
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    // The page knows of it without being left.
    await page.getByText('意识不清').click();
    await page.getByLabel('具体情况').fill('救护车送来，昏迷，需要既往影像');
    await page.getByRole('button', { name: '记录并打开' }).click();
    await page.getByText(/剩余 \d:\d\d:\d\d/).waitFor();
    await page.getByText('患者已限制共享', { exact: true }).waitFor();
    expect(await opening()).toBe(200);
    await page.goto(`${province.endpoints.edge}/account`);
    await page.getByText(/剩余 1:\d\d:\d\d/).waitFor();
    await page.setViewportSize({ width: 390, height: 760 });
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 860 });
  }, 120_000);

  it('is over at once when it is ended', async () => {
    await page.getByRole('button', { name: '立即结束' }).click();
    await page.getByRole('button', { name: '立即结束' }).last().click();
    await page.getByText(/剩余 1:/).waitFor({ state: 'detached' });
    expect(await opening()).toBe(403);
  }, 60_000);

  it('is told to the auditor, who sees what was looked at and gives a verdict', async () => {
    const auditor = await newPage(browser);
    await signInAsSample(auditor, province, 'auditor');
    await auditor.getByRole('link', { name: '紧急调阅复核' }).click();
    await auditor.getByText('救护车送来，昏迷，需要既往影像').click();
    await auditor.getByText('由医师提前结束').waitFor();
    await auditor.locator('.access').filter({ hasText: '调阅影像' }).first().waitFor();
    await auditor.getByText('理由充分').first().click();
    await auditor.getByLabel('说明').fill('与抢救记录相符');
    await auditor.getByRole('button', { name: '给出结论' }).click();
    await auditor.getByText('与抢救记录相符').waitFor();
  }, 60_000);
});

const passwordOf = ({ endpoints }: Province, username: string) =>
  endpoints.users.find((user) => user.username === username)?.password ?? '';
