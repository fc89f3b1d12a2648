import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CT_STUDY_DATE, ctSeries, DicomWebClient, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { addSteward } from './add-steward.js';
import { launchBrowser, newPage, OWN_PASSWORD, signInAsSample, signInFirst, widthBeyondScreen } from './browser.js';
import { eventually } from './eventually.js';
import { sendAndLink } from './send-and-link.js';

const CLERK = { hospital: 'H002', username: 'clerk.li', displayName: '李窗口' };
const describeHere = machineHas('chromium') ? describe : describe.skip;
const PHONE = { viewport: { width: 390, height: 760 }, isMobile: true, hasTouch: true };

describeHere('a patient who decides who may see their examinations', () => {
  let province: Province;
  let browser: Browser;
  let counter: Page;
  let phone: Page;
  let auditor: Page;
  let personId: string;
  let elsewhere: DicomWebClient;
  const series = ctSeries(2);

  /** How many studies of the patient a clinician of another hospital finds. */
  const foundElsewhere = async () =>
    (await elsewhere.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`)).length;

  beforeAll(async () => {
    [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
    personId = await sendAndLink(province, series);
    elsewhere = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.zhao'));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  it('is handed an account at a counter, once the clerk has seen a document', async () => {
    const { edge } = province.endpoints;
    counter = await newPage(browser, { viewport: { width: 1280, height: 860 } });
    await signInFirst(counter, edge, 'clerk.li', await addSteward(province, browser, CLERK));
    await counter.goto(`${edge}/people/${personId}/counter`);
    const handOver = counter.getByRole('button', { name: '开通账户并交给患者' });
    expect(await handOver.isDisabled()).toBe(true);
    await counter.getByLabel('核验的证件').click();
    await counter.getByTitle('居民身份证').click();
    await handOver.click();
    const shown = counter.locator('.ant-modal .password');
    await shown.nth(1).waitFor();
    const [account = '', password = ''] = await shown.allTextContents();
    phone = await newPage(browser, PHONE);
    await signInFirst(phone, edge, account, password);
    await phone.getByText('其他医院在为您诊治时可以查看您的检查').waitFor();
    await phone.getByText('共享中').waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 120_000);

  it('closes all in one tap and one answer, and opens it as easily; it holds within two seconds', async () => {
    expect(await foundElsewhere()).toBe(1);
    for (const [button, says, found] of [
      ['停止共享', '已停止共享：其他医院不能查看您的检查', 0],
      ['恢复共享', '其他医院在为您诊治时可以查看您的检查', 1],
    ] as const) {
      await phone.locator('.sharing-all').getByRole('button', { name: button }).click();
      await phone.locator('.ant-popconfirm').getByRole('button', { name: button }).click();
      await phone.getByText(says).waitFor();
      const began = performance.now();
      await eventually('it holds elsewhere', async () => (await foundElsewhere()) === found);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  }, 60_000);

  it('opens all until a day, and what is closed is to stand after it', async () => {
    const all = phone.locator('.sharing-all');
    const confirm = phone.locator('.ant-popconfirm');
    await all.getByRole('button', { name: '停止共享' }).click();
    await confirm.getByRole('button', { name: '停止共享' }).click();
    await all.getByRole('button', { name: '恢复共享' }).click();
    await confirm.getByLabel('共享的最后一天').click();
    const tomorrow = new Date(Date.now() + 24 * 3_600_000).toLocaleDateString('sv-SE');
    await phone.locator(`.ant-picker-dropdown td[title="${tomorrow}"]`).click();
    await confirm.getByRole('button', { name: '恢复共享' }).click();
    await all.getByText(`至 ${tomorrow}`).waitFor();
    await eventually('it holds elsewhere', async () => (await foundElsewhere()) === 1);
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 60_000);

  it('does the same at the counter, for one examination', async () => {
    await counter.locator('.ant-modal').getByRole('button', { name: '关闭' }).click();
    const study = counter
      .locator('.sharing-rows li')
      .filter({ hasText: CT_STUDY_DATE.replace(/^(....)(..)(..)$/, '$1-$2-$3') });
    for (const [button, found] of [
      ['停止共享', 0],
      ['恢复共享', 1],
    ] as const) {
      await study.getByRole('button', { name: button }).click();
      await counter.locator('.ant-popconfirm').last().getByRole('button', { name: button }).click();
      await eventually('it holds elsewhere', async () => (await foundElsewhere()) === found);
    }
    await counter.getByRole('button', { name: '设置记录' }).click();
    await counter.getByText('停止向其他所有医院共享一项检查').waitFor();
  }, 90_000);

  it('reads who looked, from where and why, and what was set before', async () => {
    await eventually('the look of the clerk', async () => {
      await phone.reload();
      await phone.getByText('谁看过').waitFor();
      await phone.getByText('核对身份，或在窗口办理您的事项').first().waitFor({ timeout: 3_000 });
      return true;
    });
    await phone.getByLabel('也显示我自己的查看').check();
    await phone.getByText('您本人').first().waitFor();
    await phone.getByRole('button', { name: '设置记录' }).click();
    await phone.getByText('停止向其他所有医院共享全部检查').first().waitFor();
    await phone.getByText('同意向其他所有医院共享全部检查').first().waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 60_000);

  it('says that a look is wrong, and an auditor has a case of it', async () => {
    await phone.getByRole('button', { name: '这不对' }).first().click();
    await phone.getByLabel('请说明').fill('我没有去过这家医院');
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /提\s?交/ })
      .click();
    await phone.locator('.complaint').getByText('已收到').waitFor();
    auditor = await newPage(browser, { viewport: { width: 1280, height: 860 } });
    await signInAsSample(auditor, province, 'auditor');
    await auditor.goto(`${province.endpoints.edge}/cases`);
    await auditor.getByText('办理中').first().click();
    await auditor.getByText('我没有去过这家医院').click();
  }, 60_000);

  it('reads what the auditor answered, and nothing of what auditors note', async () => {
    const write = async (kind: string, button: string, text?: string) => {
      await auditor.locator('.ant-segmented').getByText(kind, { exact: true }).click();
      if (kind === '结论') await auditor.locator('.review-form').getByText('访问不当').click();
      if (text !== undefined) await auditor.getByLabel('内容').fill(text);
      await auditor.getByRole('button', { name: button }).click();
      await auditor.locator('.case-entry').getByText(kind, { exact: true }).waitFor();
    };
    await write('记录', '添加记录', '内部：已电话联系窗口');
    await phone.reload();
    await phone.locator('.complaint').getByText('调查中').waitFor();
    await write('结论', '给出结论', '内部：没有委托书');
    await write('答复患者', '登记答复');
    await phone.reload();
    await phone.locator('.complaint').getByText('成立：查看不合规').waitFor();
    await phone.locator('.complaint').getByText('并向您致歉').waitFor();
    await phone.locator('.sharing-rows').getByText('已答复').first().waitFor();
    expect(await phone.getByText('内部').count()).toBe(0);
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 60_000);

  it('chooses another password, for which the one until now is asked', async () => {
    await phone.goto(`${province.endpoints.edge}/account`);
    const change = phone.getByRole('button', { name: '修改密码' });
    await change.click();
    const fill = async (current: string) => {
      await phone.getByLabel('当前密码').fill(current);
      await phone.getByLabel('新密码', { exact: true }).fill('another that nobody knows');
      await phone.getByLabel('再次输入新密码').fill('another that nobody knows');
      await change.click();
    };
    await fill('not what it is');
    await phone.getByText('当前密码不正确。').waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
    await fill(OWN_PASSWORD);
    await phone.getByText('密码已修改').waitFor();
    expect(await widthBeyondScreen(phone)).toBe(0);
  }, 60_000);
});
