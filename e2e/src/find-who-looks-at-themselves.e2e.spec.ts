import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, DicomWebClient, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage, signInAsSample, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { sendAndLink } from './send-and-link.js';

const DESKTOP = { locale: 'zh-CN', viewport: { width: 1280, height: 860 } };
const PHONE = { ...DESKTOP, viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true };
const FOUND = '打开本人的记录';

(machineHas('chromium') ? describe : describe.skip)('a member of staff who is a patient, too', () => {
  let province: Province;
  let browser: Browser;
  let auditor: Page;
  let personId: string;
  let atWork: DicomWebClient;
  const series = ctSeries(2);

  const pageOf = async (username: string, device: object = DESKTOP) => {
    const page = await newPage(browser, device);
    await signInAsSample(page, province, username);
    return page;
  };
  const goto = (page: Page, path: string) => page.goto(`${province.endpoints.edge}${path}`);
  /** Until the worker has come to it. */
  const reloaded = (page: Page, path: string, text: string) =>
    eventually(
      text,
      async () => {
        await goto(page, path);
        await page.getByText(text).first().waitFor({ timeout: 3_000 });
        return true;
      },
      90_000,
    );

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    personId = await sendAndLink(province, series);
    atWork = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.lin'));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  it('is noted by a clerk who saw a document', async () => {
    const clerk = await pageOf('steward');
    await goto(clerk, `/people/${personId}/counter`);
    const note = clerk.getByRole('button', { name: '登记', exact: true });
    await clerk.getByLabel('工作账号').fill('dr.lin');
    expect(await note.isDisabled()).toBe(true);
    await clerk.getByLabel('核验的证件').click();
    await clerk.getByTitle('居民身份证').click();
    await note.click();
    await clerk.locator('.sharing-rows li').filter({ hasText: 'dr.lin' }).waitFor();
    await clerk.context().close();
  }, 60_000);

  it('opens their own images, and the auditor finds it', async () => {
    await atWork.find(`/studies/${series.studyInstanceUid}/metadata`);
    auditor = await pageOf('auditor');
    await reloaded(auditor, '/cases', FOUND);
    const finding = auditor.locator('.finding').filter({ hasText: FOUND });
    expect(await finding.textContent()).toContain('dr.lin');
  }, 120_000);

  it('may be put on the list of public figures, and be taken off it', async () => {
    await auditor.locator('.ant-segmented-item').filter({ hasText: '重点人员' }).click();
    await auditor.getByText('名单是空的').waitFor();
    await auditor.getByLabel('患者编号').fill(personId);
    await auditor.getByLabel('列入的理由').fill('公众人物');
    await auditor.getByRole('button', { name: '列入名单' }).click();
    await auditor.locator('.vip').filter({ hasText: personId }).waitFor();
    await auditor.getByRole('button', { name: '移出' }).click();
    await auditor.locator('.ant-popconfirm').getByRole('button', { name: '移出' }).click();
    await auditor.getByText('名单是空的').waitFor();
  }, 60_000);

  it('is a figure in the statistics, which a phone shows too', async () => {
    await reloaded(auditor, '/statistics', FOUND);
    await reloaded(auditor, '/statistics', '本院检查');
    const phone = await pageOf('auditor', PHONE);
    await phone.getByRole('button', { name: /EN$/ }).click();
    await reloaded(phone, '/statistics', 'Opened their own record');
    expect(await widthBeyondScreen(phone)).toBe(0);
    await goto(phone, '/cases');
    await phone.locator('.ant-segmented-item').filter({ hasText: 'Public figures' }).click();
    await phone.getByText('Nobody is on the list').waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 120_000);
});
