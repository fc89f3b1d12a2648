import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MllpClient } from '@yinglian/hl7';
import { ctSeries, freeRange, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { sendSeries } from './send-files.js';

const describeHere = machineHas('chromium') && machineHas('dcmtk') ? describe : describe.skip;

describeHere('the page of a gateway in a browser', () => {
  let province: Province;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(30_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  const hospital = () => {
    const found = province.endpoints.hospitals.find(({ code }) => code === 'H001');
    if (found === undefined) throw new Error('There is no H001');
    return found;
  };
  /** The hospital's IT staff edit their file. */
  const editHospitalFile = async (change: (settings: Record<string, unknown>) => object) => {
    const path = join(province.home, 'hospital-files', 'H001.json');
    await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
  };
  const row = (text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
  const goTo = (screen: string) => page.getByRole('navigation').getByRole('link', { name: screen }).click();

  it('shows nothing before its own account is signed in, and all is well then', async () => {
    const { url, username, password } = hospital().page;
    await page.goto(url);
    await page.getByLabel('用户名').fill(username);
    await page.getByLabel('密码', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('用户名或密码不正确').waitFor();
    expect(await page.getByText('等待上传').count()).toBe(0);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '栖云省立医院' }).waitFor();
    await page.getByText('一切正常，没有告警').waitFor();
  });

  it('shows a study on its way while the registry does not take it, and no longer when it has it', async () => {
    const registry = province.pidOf('study-registry');
    if (registry === undefined) throw new Error('There is no registry');
    process.kill(registry, 'SIGSTOP');
    try {
      await sendSeries(hospital(), ctSeries(3));
      await row('STORESCU').getByText('0 / 3 幅').waitFor();
    } finally {
      process.kill(registry, 'SIGCONT');
    }
    await page.getByText('现在没有检查在传输').waitFor({ timeout: 60_000 });
  });

  it('says in words what is wrong, and where, until it is mended', async () => {
    await editHospitalFile((settings) => ({ ...settings, devises: [] }));
    await page.getByText('本院配置文件有误').waitFor();
    await page.getByText(/HOSPITAL_FILE_INVALID.*devises/).waitFor();
    await editHospitalFile(({ devises: _, ...settings }) => settings);
    await page.getByText('一切正常，没有告警').waitFor();
  });

  it('sends a test echo to a device, and says what came of it', async () => {
    const port = await freeRange(1);
    await editHospitalFile((settings) => ({
      ...settings,
      devices: [{ aeTitle: 'STORESCU', name: '急诊 CT', host: '127.0.0.1', port }],
    }));
    await goTo('设备');
    const device = row('急诊 CT');
    await device.getByRole('button', { name: '测试回显' }).click();
    await device.getByText('连接不上，请检查地址、端口和网络').waitFor();
    const scp = spawn('storescp', ['-aet', 'STORESCU', '-od', tmpdir(), String(port)], { stdio: 'ignore' });
    try {
      await eventually('the device answers', async () => {
        await device.getByRole('button', { name: '测试回显' }).click();
        await device.getByText('有应答').waitFor({ timeout: 2_000 });
        return true;
      });
    } finally {
      scp.kill();
    }
  });

  it('shows how far the province is filled from a PACS, also on a phone, and pauses that', async () => {
    const backfill = { pacs: 'STORESCU', from: '2026-01-01', to: '2026-01-10', windows: [] };
    await editHospitalFile((settings) => ({ ...settings, backfill }));
    await goTo('概况');
    const panel = page.locator('.backfill');
    await panel.getByText('不在补传时段').waitFor();
    await panel.getByText('共 10').waitFor();
    await panel.getByRole('button', { name: '暂停' }).click();
    await panel.getByText('已暂停').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await panel.getByRole('button', { name: '继续' }).click();
    await panel.getByText('不在补传时段').waitFor();
    await editHospitalFile(({ backfill: _, ...settings }) => settings);
    await panel.waitFor({ state: 'detached' });
  });

  it('lets a person look at a message that could not be applied, replay it, and discard it', async () => {
    const sender = await MllpClient.connect(hospital().hl7Port);
    const segments = ['MSH|^~\\&|HIS|H1|GW|P|20261124101500||ADT^A01|E2E1|P|2.4|||||CHN|UNICODE UTF-8'];
    segments.push('EVN|A01|20261124101500', 'PID|1||||沈^清秋||19850312|2', 'PV1|1|I|||||||||||||||||V1');
    await sender.send(Buffer.from(segments.map((segment) => `${segment}\r`).join('')));
    sender.close();
    await goTo('待处理');
    const parked = row('E2E1');
    await parked.getByText('缺少患者编号').waitFor();
    await parked.getByRole('button', { name: '查看原文' }).click();
    expect(await page.getByText('沈^清秋').count()).toBe(0);
    await page.getByRole('button', { name: '记录并查看' }).click();
    await page.getByText('沈^清秋').waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    await parked.getByRole('button', { name: '重新处理' }).click();
    await page.getByText('已重新处理 1 条').waitFor();
    await parked.getByRole('button', { name: '作废' }).click();
    await page.getByLabel('作废理由').fill('测试消息');
    await page.getByRole('dialog').getByRole('button', { name: '作废' }).click();
    await page.getByText('没有需要处理的内容').waitFor();
  });

  it('speaks English, fits a phone, and says when the gateway does not answer', async () => {
    await page.getByRole('button', { name: /EN$/ }).click();
    await goTo('Status');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('Waiting for upload').waitFor();
    expect(await widthBeyondScreen(page)).toBe(0);
    const gateway = province.pidOf('gateway-H001');
    if (gateway === undefined) throw new Error('There is no gateway');
    process.kill(gateway, 'SIGSTOP');
    try {
      await page.getByText('The gateway does not answer').waitFor();
    } finally {
      process.kill(gateway, 'SIGCONT');
    }
    await page.getByText('All is well, no alarms').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Username').waitFor();
  });
});
