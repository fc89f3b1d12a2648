import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, machineHas, type Province, startProvince } from '@yinglian/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addSteward } from './add-steward.js';
import {
  launchBrowser,
  openInViewer,
  searchPerson,
  signInAsSample,
  signInFirst,
  widthBeyondScreen,
} from './browser.js';
import { eventually } from './eventually.js';
import { madeLongAgo } from './made-long-ago.js';
import { sendSeries } from './send-files.js';

const describeHere = machineHas('chromium') ? describe : describe.skip;

describeHere('the portal in a browser', () => {
  let province: Province;
  let browser: Browser;
  /** Of H002's clinician, who has treated the person. */
  let page: Page;

  beforeAll(async () => {
    [province, browser] = await Promise.all([
      // Nobody waits for a time of grace here.
      startProvince({ environment: { DISPOSAL_GRACE_DAYS: '0' } }),
      launchBrowser(),
    ]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await province?.stop();
  }, 110_000);

  const newContext = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(30_000);
    return context;
  };
  const openTimeline = async (page: Page, username: string) => {
    await signInAsSample(page, province, username);
    await eventually(
      'both studies of the person',
      async () => {
        await searchPerson(page, province.endpoints.edge, 'wxy');
        await page.getByRole('link', { name: /王小雨/ }).click({ timeout: 3_000 });
        await page.locator('.study').nth(1).waitFor({ timeout: 3_000 });
        return true;
      },
      90_000,
    );
  };
  const study = (page: Page, heading: string) =>
    page.locator('.study').filter({ has: page.getByRole('heading', { name: heading }) });

  it('shows a clinician one timeline of two hospitals, with pictures of what may be opened', async () => {
    page = await (await newContext()).newPage();
    await openTimeline(page, 'dr.chen');
    const ct = study(page, '胸部CT增强扫描');
    await eventually('the CT is complete', async () => {
      await page.reload();
      await ct.getByText('60 幅', { exact: true }).waitFor({ timeout: 3_000 });
      return true;
    });
    expect(await ct.locator('.modality').allTextContents()).toEqual(['CT']);
    for (const fact of ['胸部', '栖云省立医院', '检查号 CT2600317'])
      await ct.getByText(fact, { exact: true }).waitFor();
    await study(page, '胸部正位').getByText('本院').waitFor();
    const picture = ct.getByRole('img', { name: '胸部CT增强扫描 的缩略图' });
    await picture.waitFor();
    await eventually('the picture is drawn', async () => (await picture.evaluate(widthOfPicture)) > 0);
    await page.getByRole('button', { name: /^DX/ }).click();
    expect(await page.locator('.study').count()).toBe(1);
    await page.getByRole('button', { name: /^DX/ }).click();
  });

  it('opens a study in the viewer on its own origin, in the same session, and draws it', async () => {
    const viewer = await openInViewer(page, '胸部CT增强扫描');
    expect(viewer.url()).toMatch(`${province.endpoints.viewer}/viewer?StudyInstanceUIDs=`);
    expect(await viewer.locator('input[name=password]').count()).toBe(0);
    // The other hospital's study of the same person is at hand there.
    await viewer.getByText('胸部正位').first().waitFor();
  });

  it('asks for a reason where the hospital does not treat the patient, and opens then', async () => {
    const page = await (await newContext()).newPage();
    await openTimeline(page, 'dr.zhao');
    await study(page, '胸部CT增强扫描').getByRole('button', { name: /打开/ }).click();
    const dialog = page.getByRole('dialog', { name: '请说明查看理由' });
    await dialog.getByRole('button', { name: '记录并打开' }).click();
    await dialog.getByText('请至少写 4 个字').waitFor();
    await dialog.getByRole('button', { name: '外院转诊，需对比既往影像' }).click();
    const [viewer] = await Promise.all([
      page.context().waitForEvent('page'),
      dialog.getByRole('button', { name: '记录并打开' }).click(),
    ]);
    await viewer.locator('canvas').first().waitFor();
  });

  it('shows the auditor who opened it and who was refused', async () => {
    const page = await (await newContext()).newPage();
    await signInAsSample(page, province, 'auditor');
    const refused = page.getByRole('listitem').filter({ hasText: '赵明溪' }).filter({ hasText: '拒绝' });
    await eventually('both records', async () => {
      await page.reload();
      await refused.first().waitFor({ timeout: 3_000 });
      await page
        .getByRole('listitem')
        .filter({ hasText: '陈清和' })
        .filter({ hasText: '调阅影像' })
        .first()
        .waitFor({ timeout: 3_000 });
      return true;
    });
    await page.getByText('拒绝', { exact: true }).first().click();
    await eventually('refusals only', async () => {
      const rows = page.locator('.access');
      return (await rows.count()) > 0 && (await rows.count()) === (await page.locator('.access.is-deny').count());
    });
  });

  it('shows a steward both versions of what a hospital sent again, and takes one of them until that is undone', async () => {
    const { dicomPort, aeTitle } = province.endpoints.hospitals[0] ?? { dicomPort: 0, aeTitle: '' };
    const series = ctSeries(2);
    await sendSeries({ dicomPort, aeTitle }, series);
    const corrected = series.slices.map((slice) => {
      const dataSet = Buffer.from(slice.dataSet);
      dataSet.write('王人', dataSet.indexOf('病人'), 'utf8');
      return { ...slice, dataSet };
    });
    await sendSeries({ dicomPort, aeTitle }, { ...series, slices: corrected });
    const page = await (await newContext()).newPage();
    await signInAsSample(page, province, 'steward');
    const heading = page.getByRole('heading', { name: /测试.人/ });
    await eventually('the case', async () => {
      await page.goto(`${province.endpoints.edge}/quarantine`);
      await page
        .getByRole('link', { name: /测试.人/ })
        .filter({ hasText: '2 幅' })
        .click({ timeout: 3_000 });
      return true;
    });
    const registered = await heading.textContent();
    const changed = page.getByRole('row', { name: /患者姓名/ }).locator('mark');
    await changed.first().waitFor();
    // Which of them came to the registry first is up to the gateway's links.
    expect((await changed.allTextContents()).sort()).toEqual(['王', '病']);
    expect(await page.locator('.conflict > header').textContent()).toBe('重发的影像内容不同 像素相同');
    await page.getByLabel('依据').fill('姓名已在 PACS 中更正');
    await page.getByRole('button', { name: '采用隔离版本' }).click();
    await page.getByRole('button', { name: '撤销决定' }).waitFor();
    await eventually('the other name', async () => (await heading.textContent()) !== registered);
    await page.getByLabel('依据').fill('核实有误');
    await page.getByRole('button', { name: '撤销决定' }).click();
    await eventually('the first name', async () => (await heading.textContent()) === registered);
    expect(await page.locator('.case-history li').count()).toBe(2);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(page)).toBe(0);
  });

  it('lets a steward decide by keyboard, take it back, and see the history, on a desk that is in order of risk', async () => {
    const page = await (await newContext()).newPage();
    await signInAsSample(page, province, 'steward');
    await eventually('both questions', async () => {
      await page.reload();
      await page.locator('.queue-row').nth(1).waitFor({ timeout: 3_000 });
      return true;
    });
    const row = (at: number) => page.locator('.queue-row').nth(at);
    expect(await row(0).textContent()).toMatch(/孙巧云|郑桂兰/);
    await page.locator('.records td.is-differ').first().waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: '没有共同的证件号，但很可能是同一人' }).waitFor();
    await page.locator('.records').getByText('何子墨').nth(1).waitFor();
    await page.locator('.total.is-for').waitFor();
    await page.locator('.studies-seen').getByText('胸部CT平扫').waitFor();
    expect(await page.locator('main img, main canvas').count()).toBe(0);
    await page.keyboard.press('l');
    await page.getByRole('dialog', { name: '是同一人，合并' }).getByText('电话核实为同一人').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('已合并，按 u 可撤销').waitFor();
    await eventually('the next one only', async () => (await page.locator('.queue-row').count()) === 1);
    await page.keyboard.press('u');
    await page.getByRole('dialog', { name: '撤销决定' }).getByText('有新的证据').waitFor();
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByText('已撤销').first().waitFor();
    await eventually('the question again', async () => (await page.locator('.queue-row').count()) === 2);
    await page.locator('.to-person').first().click();
    const past = page.locator('.past.is-withdrawn');
    await past.getByText('电话核实为同一人').waitFor();
    await past.getByText('有新的证据').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.goto(`${province.endpoints.edge}/conflicts`);
    await row(0).click();
    await page.locator('.records').waitFor();
    expect(await widthBeyondScreen(page)).toBe(0);
  });

  it('lets a steward withdraw a study by keyboard, which clinicians find no more, and take that back with one press', async () => {
    const steward = await (await newContext()).newPage();
    await signInAsSample(steward, province, 'steward');
    await steward.getByRole('link', { name: '撤回与封存' }).click();
    await steward.getByText('还没有撤回或封存过检查').waitFor();
    const number = steward.getByRole('textbox', { name: '输入完整的号码' });
    await number.fill('CT26003');
    await steward.keyboard.press('Enter');
    await steward.getByText('没有找到这个号码的检查').waitFor();
    await number.fill('CT2600317');
    await steward.keyboard.press('Enter');
    await steward.getByRole('link', { name: /王小雨.*正常显示/ }).press('Enter');
    await steward.getByText('共 60 幅，显示 60 幅').first().waitFor();
    expect(await steward.locator('main img, main canvas').count()).toBe(0);
    expect(steward.url()).not.toMatch(/CT2600317|M0010086/);
    await steward.getByRole('button', { name: '撤回整项检查' }).press('Enter');
    const dialog = steward.getByRole('dialog', { name: '撤回整项检查' });
    await dialog.getByText('影像仍然保存').waitFor();
    const first = dialog.getByRole('radio', { name: /选错了患者或检查/ });
    await eventually('the first reason has the focus', () => first.evaluate(isFocused));
    await steward.keyboard.press('Space');
    await steward.keyboard.press('Tab');
    await steward.keyboard.type('与技师核实，选错了条目');
    await steward.keyboard.press('Control+Enter');
    const decided = steward.getByRole('status');
    await decided.getByText('已撤回 · 整项检查').waitFor();
    const past = steward.locator('.past');
    await past.getByText('DCM 113038').waitFor();
    await page.reload();
    await study(page, '胸部正位').waitFor();
    expect(await study(page, '胸部CT增强扫描').count()).toBe(0);
    await decided.getByRole('button', { name: /撤\s?销/ }).press('Enter');
    await decided.getByText('已恢复 · 整项检查').waitFor();
    await eventually('both are shown again', async () => {
      await page.reload();
      await study(page, '胸部CT增强扫描').waitFor({ timeout: 3_000 });
      return true;
    });
    await steward.getByRole('link', { name: '撤回与封存' }).first().click();
    await eventually('both decisions', async () => (await steward.locator('.decisions li').count()) === 2);
    await steward.getByText('已被撤销').waitFor();
    await steward.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(steward)).toBe(0);
  });

  it('lets a hospital’s steward give up what retention keeps no more, the commission’s register it, and shows what is left of it', async () => {
    const [hospital] = province.endpoints.hospitals;
    if (hospital === undefined) throw new Error('The sample has no hospital');
    const password = await addSteward(province, browser, {
      hospital: hospital.code,
      username: 'steward.zhou',
      displayName: '周静姝',
    });
    for (const patientId of ['B19800001', 'B19800002'])
      await sendSeries(hospital, madeLongAgo(ctSeries(2, patientId), '19800105'));
    const theirs = await (await newContext()).newPage();
    await signInFirst(theirs, province.endpoints.edge, 'steward.zhou', password);
    const rows = theirs.locator('.disposal-row');
    const notWithdrawn = rows.filter({ hasText: '尚未撤回' });
    await eventually('both are on the list', async () => {
      await theirs.goto(`${province.endpoints.edge}/disposals`);
      await notWithdrawn.nth(1).waitFor({ timeout: 3_000 });
      return true;
    });
    await rows.first().getByText('最后一次就诊 1980-01-05（类别不详），保存 30 年，至 2010-01-05').waitFor();
    for (const left of [1, 0]) {
      await notWithdrawn.first().getByRole('link', { name: '先撤回' }).press('Enter');
      await withdrawEnded(theirs);
      await theirs.getByRole('link', { name: '到期处置' }).click();
      await eventually(
        'one less is shown',
        async () => (await rows.count()) === 2 && (await notWithdrawn.count()) === left,
      );
    }
    for (const patientId of ['B19800001', 'B19800002']) {
      await rows.getByRole('button', { name: '确认销毁' }).first().press('Enter');
      const dialog = theirs.getByRole('dialog', { name: '确认销毁这项检查' });
      const named = await dialog
        .locator('.study-to-go')
        .getByText(/^B1980000\d$/)
        .textContent();
      await eventually('the grounds have the focus', () => dialog.getByLabel('依据').evaluate(isFocused));
      await theirs.keyboard.type('保存期已满');
      const number = dialog.getByLabel(/输入检查号/);
      await theirs.keyboard.press('Tab');
      await eventually('the number has the focus', () => number.evaluate(isFocused));
      await theirs.keyboard.type(patientId === 'B19800001' ? 'A1' : `A${named}`);
      await theirs.keyboard.press('Enter');
      if (patientId === 'B19800001') {
        await dialog.getByText('与这项检查不符').waitFor();
        await number.fill(`a${named}`);
        await theirs.keyboard.press('Enter');
      }
      await dialog.waitFor({ state: 'detached' });
    }
    await theirs.getByRole('status').getByText('已确认，等待卫健委登记').waitFor();
    expect(await rows.filter({ hasText: '医院已确认' }).count()).toBe(2);

    const commission = await (await newContext()).newPage();
    await signInAsSample(commission, province, 'steward');
    await commission.getByRole('link', { name: '到期处置' }).click();
    const queue = commission.locator('.disposal-row');
    await queue.filter({ hasText: '栖云省立医院' }).filter({ hasText: '周静姝 确认于' }).nth(1).waitFor();
    await queue
      .first()
      .getByRole('button', { name: /收\s?回/ })
      .press('Enter');
    await commission
      .getByRole('tooltip')
      .getByRole('button', { name: /收\s?回/ })
      .click();
    await commission.getByRole('status').getByText('已收回，检查继续保存').waitFor();
    await queue.getByRole('button', { name: '登记销毁' }).press('Enter');
    const dialog = commission.getByRole('dialog', { name: '登记销毁这项检查' });
    await dialog.getByText('周静姝 确认于').waitFor();
    const number = await dialog
      .locator('.study-to-go')
      .getByText(/^B1980000\d$/)
      .textContent();
    await dialog.getByLabel(/输入检查号/).fill(`A${number}`);
    await commission.keyboard.press('Enter');
    await commission.getByRole('status').getByText('已登记').waitFor();
    await eventually('it is destroyed', async () => {
      await commission.goto(`${province.endpoints.edge}/disposals?list=destroyed`);
      await queue.getByRole('button', { name: '销毁证明' }).click({ timeout: 3_000 });
      return true;
    });
    const certificate = commission.getByRole('dialog', { name: '销毁证明' });
    await certificate.getByText('2 幅').waitFor();
    const [file] = await Promise.all([
      commission.waitForEvent('download'),
      certificate.getByRole('button', { name: /下载 JSON/ }).click(),
    ]);
    const kept = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(kept).toMatchObject({
      version: 1,
      hospital: hospital.code,
      confirmedByName: '周静姝',
      destroyed: { instances: 2 },
    });
    expect(JSON.stringify(kept)).not.toContain('B1980');
    await certificate.getByText(kept.studyInstanceUid).waitFor();
    await commission.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(commission)).toBe(0);

    await theirs.getByText('已中止').click();
    await rows.getByText('已被收回').waitFor();
    await theirs.setViewportSize({ width: 390, height: 844 });
    await theirs.getByRole('button', { name: /EN$/ }).click();
    await rows.getByText('Taken back').waitFor();
    expect(await widthBeyondScreen(theirs)).toBe(0);
    await theirs.getByText('Destroyed').first().click();
    await theirs.getByRole('button', { name: 'Certificate' }).waitFor();
    expect(await rows.count()).toBe(1);
  }, 180_000);

  it('shows what another threshold changes before it holds, to stewards by example, and goes back to the one before', async () => {
    const steward = await (await newContext()).newPage();
    await signInAsSample(steward, province, 'steward');
    await steward.getByRole('link', { name: '匹配设置' }).click();
    const tryBits = async (page: Page, bits: string) => {
      await page.getByLabel('询问所需证据').fill(bits);
      await page.keyboard.press('Enter');
      await page.locator('.match-sums').waitFor();
    };
    await tryBits(steward, '40');
    const example = steward.locator('.match-example');
    await example.getByText('不再询问').waitFor();
    await example.getByText('何子墨').first().waitFor();
    expect(await steward.locator('.match-apply').count()).toBe(0);
    const page = await (await newContext()).newPage();
    await signInAsSample(page, province, 'admin');
    await page.getByRole('link', { name: '匹配设置' }).click();
    await tryBits(page, '40');
    expect(await page.locator('.match-example').count()).toBe(0);
    const apply = async () => {
      await page.locator('.match-apply').click();
      const dialog = page.getByRole('dialog', { name: '应用这些设置？' });
      await dialog.getByLabel('为什么').fill('试点评估');
      await dialog.getByRole('button', { name: /应\s?用/ }).click();
    };
    await apply();
    const versions = page.locator('.match-history li');
    await versions.filter({ hasText: '版本 1' }).getByText('试点评估').waitFor();
    await steward.goto(`${province.endpoints.edge}/conflicts`);
    await eventually('the other question only', async () => (await steward.locator('.queue-row').count()) === 1);
    await versions.filter({ hasText: '版本 0' }).getByRole('button').click();
    await page.locator('.match-sums').waitFor();
    await apply();
    await versions.filter({ hasText: '版本 2' }).waitFor();
    await steward.reload();
    await eventually('both questions', async () => (await steward.locator('.queue-row').count()) === 2);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.getByRole('button', { name: /EN$/ }).click();
    await page.getByRole('heading', { name: 'Matching' }).waitFor();
    expect(await widthBeyondScreen(page)).toBe(0);
  });

  it('shows an administrator what came in, was searched and went out, and what is stored', async () => {
    const admin = await (await newContext()).newPage();
    await signInAsSample(admin, province, 'admin');
    await eventually('searches are counted', async () => {
      await admin.goto(`${province.endpoints.edge}/operations`);
      await admin.locator('.storage-list').waitFor({ timeout: 5_000 });
      const figures = await admin.locator('.traffic-tile > strong').allInnerTexts();
      return figures.length === 3 && figures.every((figure) => !/^0( B)?$/.test(figure));
    });
    expect(await admin.locator('.storage-list li').count()).toBe(3);
    expect(await admin.locator('.quarantine-counts > strong').textContent()).toMatch(/^\d+\+?$/);
    await admin.locator('.scrub-places .no-replica').waitFor();
    expect(await admin.locator('.damage-counts > strong').textContent()).toBe('0');
    await admin.setViewportSize({ width: 390, height: 844 });
    expect(await widthBeyondScreen(admin)).toBe(0);
  });

  it('works on a phone’s width, in Chinese and in English', async () => {
    const context = await newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const page = await context.newPage();
    await openTimeline(page, 'dr.chen');
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.getByRole('button', { name: /EN$/ }).click();
    await page.getByRole('button', { name: /Open$/ }).first().waitFor();
    await page.getByText('60 images').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await widthBeyondScreen(page)).toBe(0);
    await page.goto(`${province.endpoints.edge}/people`);
    await page.getByRole('heading', { name: 'Find a patient' }).waitFor();
    expect(await widthBeyondScreen(page)).toBe(0);
  });
});

const widthOfPicture = (image: unknown) => (image as { naturalWidth: number }).naturalWidth;
const isFocused = (element: unknown) =>
  (element as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement === element;

/** Withdraws the study that is shown since its retention has ended. */
async function withdrawEnded(steward: Page): Promise<void> {
  await steward.getByRole('button', { name: '撤回整项检查' }).click();
  await steward.getByRole('radio', { name: /保存期已满/ }).check();
  await steward.getByLabel('说明').fill('保存期已满');
  await steward.keyboard.press('Control+Enter');
  await steward.getByText('已撤回 · 整项检查').waitFor();
}
