// Takes the pictures of the documentation from a new sample province, with the machine's own Chromium.
import { writeFile } from 'node:fs/promises';
import { type CtSeries, ctSeries, type Province, startProvince } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { addSteward } from './add-steward.js';
import { launchBrowser, openInViewer, searchPerson, signInAsSample, signInFirst } from './browser.js';
import { eventually } from './eventually.js';
import { madeLongAgo } from './made-long-ago.js';
import { sendSeries } from './send-files.js';
import { takeDesks } from './take-desks.js';

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const DESKTOP = { viewport: { width: 1280, height: 720 } };
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 760 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Of the first hospital, added for the pictures. */
const STEWARD = 'steward.zhou';
const LARGEST_BYTES = 300_000;
/** Of 60 slices: where the heart is. */
const SLICE = 30;

async function takePictures(province: Province, browser: Browser): Promise<void> {
  const pageOf = async (username: string, device: typeof DESKTOP = DESKTOP) => {
    const page = await (await browser.newContext({ locale: 'zh-CN', ...device })).newPage();
    await signInAsSample(page, province, username);
    return page;
  };
  const chen = await pageOf('dr.chen');
  await openTimeline(chen, province);
  await keep(chen, 'timeline');
  const viewer = await openInViewer(chen, '胸部CT增强扫描');
  await viewer.getByRole('button', { name: 'Confirm and hide' }).click();
  await viewer.locator('.viewport-element').first().click();
  for (let slice = 0; slice < SLICE; slice += 1) await viewer.keyboard.press('ArrowDown');
  await viewer.waitForLoadState('networkidle');
  await keep(viewer, 'viewer');
  const phone = await pageOf('dr.chen', PHONE);
  await openTimeline(phone, province);
  await keep(phone, 'timeline-phone');
  const zhao = await pageOf('dr.zhao');
  await openTimeline(zhao, province, 0);
  await zhao.locator('.study-open').first().click();
  await zhao.getByRole('dialog').waitFor();
  const admin = await pageOf('admin');
  await keep(admin, 'hospitals');
  await eventually('counted requests', async () => {
    await admin.goto(`${province.endpoints.edge}/operations`);
    await admin.locator('.storage-list').waitFor({ timeout: 5_000 });
    return !/^0/.test((await admin.locator('.traffic-tile > strong').nth(1).textContent()) ?? '0');
  });
  await admin.locator('.scrub').waitFor();
  const height = await admin.evaluate<number>('document.documentElement.scrollHeight');
  await admin.setViewportSize({ ...DESKTOP.viewport, height });
  await keep(admin, 'operations');
  const auditor = await pageOf('auditor');
  await eventually('the refusal in the list', async () => {
    await auditor.reload();
    await auditor.locator('.access.is-deny').first().waitFor({ timeout: 3_000 });
    return true;
  });
  await keep(auditor, 'accesses');
  const steward = await pageOf('steward', WIDE);
  await eventually('both questions to a steward', async () => {
    await steward.goto(`${province.endpoints.edge}/conflicts`);
    await steward.locator('.queue-row').nth(1).waitFor({ timeout: 3_000 });
    return true;
  });
  await steward.locator('.records td.is-differ').first().waitFor();
  await keep(steward, 'desk');
  await steward.goto(`${province.endpoints.edge}/matching`);
  await steward.locator('.match-form input').first().fill('8');
  await steward.locator('.match-form button[type=submit]').click();
  await steward.locator('.match-preview').waitFor();
  await keep(steward, 'matching');
  await sendTwice(province);
  await steward.setViewportSize(DESKTOP.viewport);
  await eventually('the case', async () => {
    await steward.goto(`${province.endpoints.edge}/quarantine`);
    await steward.locator('.case-row').first().click({ timeout: 3_000 });
    return true;
  });
  await steward.locator('.versions mark').first().waitFor();
  await keep(steward, 'quarantine');
  await withdrawCt(steward, province);
  await keep(steward, 'withdrawal');
  await takeDisposal(province, browser);
  await takeDesks(province, browser, { personId: personOf(chen), steward: STEWARD }, keep);
  await takeGateway(province, browser);
}

/** Whose timeline a page shows. */
const personOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Withdraws the sample person's CT, and stays on its page. */
async function withdrawCt(steward: Page, { endpoints }: Province): Promise<void> {
  await steward.goto(`${endpoints.edge}/withdrawals`);
  await steward.getByRole('textbox', { name: '输入完整的号码' }).fill('CT2600317');
  await steward.keyboard.press('Enter');
  await steward
    .getByRole('link', { name: /王小雨/ })
    .first()
    .click();
  await steward.getByRole('button', { name: '撤回整项检查' }).click();
  await steward.getByRole('radio', { name: /选错了患者或检查/ }).check();
  await steward.getByLabel('说明').fill('与技师核实：工作列表中选错了条目，已用正确的条目重新上传');
  await steward.keyboard.press('Control+Enter');
  await steward.getByText('已撤回 · 整项检查').waitFor();
  await steward.locator('.past').first().waitFor();
}

/** A hospital's steward about to give up one of several studies whose retention has ended. */
async function takeDisposal(province: Province, browser: Browser): Promise<void> {
  const [hospital] = province.endpoints.hospitals;
  if (hospital === undefined) throw new Error('The sample has no hospital');
  const patients = ['Chen^Suyun=陈^素云', 'Xu^Wenbo=徐^文博', 'He^Qing=何^青', 'Shen^Yi=沈^怡'];
  for (const [at, name] of patients.entries())
    await sendSeries(hospital, madeLongAgo(ctSeries(at + 2, `M003100${at}`), `199${at}0${at + 3}12`, name));
  const password = await addSteward(province, browser, {
    hospital: hospital.code,
    username: STEWARD,
    displayName: '周静姝',
  });
  const steward = await (await browser.newContext({ locale: 'zh-CN', ...DESKTOP })).newPage();
  await signInFirst(steward, province.endpoints.edge, STEWARD, password);
  const rows = steward.locator('.disposal-row');
  await eventually('all of them', async () => {
    await steward.goto(`${province.endpoints.edge}/disposals`);
    await rows.nth(patients.length - 1).waitFor({ timeout: 3_000 });
    return true;
  });
  for (let left = 2; left > 0; left -= 1) {
    await steward.getByRole('link', { name: '先撤回' }).first().click();
    await steward.getByRole('button', { name: '撤回整项检查' }).click();
    await steward.getByRole('radio', { name: /保存期已满/ }).check();
    await steward.getByLabel('说明').fill('保存期已满');
    await steward.keyboard.press('Control+Enter');
    await steward.getByText('已撤回 · 整项检查').waitFor();
    await steward.goto(`${province.endpoints.edge}/disposals`);
    await rows.nth(patients.length - 1).waitFor();
  }
  await steward.getByRole('button', { name: '确认销毁' }).first().click();
  await steward.getByLabel('依据').fill('经病案室核对，保存期已满，患者此后未再就诊');
  await keep(steward, 'disposal');
}

/** The page of the first gateway while its registry does not answer, so that there is something on its way. */
async function takeGateway(province: Province, browser: Browser): Promise<void> {
  const [hospital] = province.endpoints.hospitals;
  const registry = province.pidOf('study-registry');
  if (hospital === undefined || registry === undefined) throw new Error('The sample province is not whole');
  const page = await (await browser.newContext({ locale: 'zh-CN', ...DESKTOP })).newPage();
  await page.goto(hospital.page.url);
  await page.fill('input[name=username]', hospital.page.username);
  await page.fill('input[name=password]', hospital.page.password);
  await page.click('form button[type=submit]');
  await page.locator('.verdict-line').waitFor();
  process.kill(registry, 'SIGSTOP');
  try {
    for (const slices of [8, 24, 2]) await sendSeries(hospital, ctSeries(slices));
    await page.locator('.sheet progress').nth(2).waitFor();
    await keep(page, 'gateway');
  } finally {
    process.kill(registry, 'SIGCONT');
  }
}

/** A series, and the same again with a name that was corrected in between and one other pixel. */
async function sendTwice({ endpoints }: Province): Promise<void> {
  const [target] = endpoints.hospitals;
  if (target === undefined) throw new Error('The sample has no hospital');
  const series = ctSeries(4, 'C20260105');
  const named = (name: string, pixel: number): CtSeries => ({
    ...series,
    slices: series.slices.map((slice, at) => {
      const dataSet = Buffer.from(slice.dataSet);
      dataSet.write(name, dataSet.indexOf('Bench^Patient=测试^病人'), 'utf8');
      if (at === 3) dataSet[dataSet.length - 1] = pixel;
      return { ...slice, dataSet };
    }),
  });
  // As many bytes as what they replace.
  await sendSeries(target, named('Zhou^YuTong=周^雨桐     ', 1));
  await sendSeries(target, named('Zhou^YuTong=周^雨彤     ', 2));
}

/** The sample person's timeline, once both studies are whole and as many thumbnails are there as may be seen. */
async function openTimeline(page: Page, { endpoints }: Province, thumbnails = 2): Promise<void> {
  await eventually(
    'the timeline',
    async () => {
      await searchPerson(page, endpoints.edge, '王小雨');
      await page.locator('.person-row').first().click({ timeout: 5_000 });
      await page.locator('.study.is-complete').nth(1).waitFor({ timeout: 5_000 });
      if (thumbnails > 0)
        await page
          .locator('.study-picture img')
          .nth(thumbnails - 1)
          .waitFor({ timeout: 10_000 });
      return true;
    },
    120_000,
  );
}

/** Writes what the page shows as a PNG of at most 256 colours, which a screen of ours hardly ever exceeds. */
async function keep(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  const picture = await sharp(await page.screenshot({ animations: 'disabled' }))
    .png({ palette: true, effort: 10, dither: 0 })
    .toBuffer();
  if (picture.length > LARGEST_BYTES) throw new Error(`${name} takes ${picture.length} bytes`);
  await writeFile(new URL(`${name}.png`, FOLDER), picture);
}

const [province, browser] = await Promise.all([startProvince(), launchBrowser()]);
try {
  await takePictures(province, browser);
} finally {
  await browser.close();
  await province.stop();
}
