import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, signInAsSample } from './browser.js';
import { eventually } from './eventually.js';

(machineHas('chromium') ? describe : describe.skip)('an auditor at the desk', () => {
  let province: Province;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    page = await (await browser.newContext({ locale: 'zh-CN', acceptDownloads: true })).newPage();
    await signInAsSample(page, province, 'auditor');
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await province.stop();
  }, 60_000);

  it('finds what was done to the province at its first start, by action', async () => {
    await eventually('the deeds', async () => {
      await page.reload();
      await page.getByRole('combobox', { name: '全部操作' }).fill('更换程序密钥');
      await page.keyboard.press('Enter');
      await page.locator('.access').filter({ hasText: 'gateway-H003' }).first().waitFor({ timeout: 3_000 });
      return true;
    });
    expect(await page.locator('.access').count()).toBe(
      await page.locator('.access').filter({ hasText: '更换程序密钥' }).count(),
    );
  }, 120_000);

  it('makes a case of records, decides it, and answers with the letter that the verdict makes', async () => {
    await page.getByRole('checkbox', { name: '选入案件' }).first().check();
    await page.getByRole('textbox', { name: '案件标题' }).fill('核对首次启动时的密钥更换');
    await page.getByRole('button', { name: '立案' }).click();
    await page.getByRole('heading', { name: '核对首次启动时的密钥更换' }).waitFor();
    const write = async (kind: string, body: string | null, submit: string) => {
      await page.locator('.review-form .ant-segmented-item').filter({ hasText: kind }).click();
      if (kind === '结论') await page.getByText('未发现问题').click();
      if (body !== null) await page.getByLabel('内容').fill(body);
      await page.getByRole('button', { name: submit }).click();
      await page.locator('.case-entry').filter({ hasText: kind }).first().waitFor();
    };
    await write('结论', '由安装程序完成', '给出结论');
    await write('答复患者', null, '登记答复');
    await page.locator('.case-entry').filter({ hasText: '经核查，上述访问有正当理由' }).waitFor();
    await page.getByText('已答复患者').waitFor();
  }, 60_000);

  it('takes the case away with proofs', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出案件' }).click(),
    ]);
    const exported = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(exported).toMatchObject({
      origin: expect.any(String),
      checkpoint: expect.stringContaining(exported.origin),
      records: [{ index: expect.any(Number), record: { action: 'client.renew' }, proof: expect.any(Array) }],
      case: { title: '核对首次启动时的密钥更换', state: 'answered' },
    });
  }, 30_000);
});
