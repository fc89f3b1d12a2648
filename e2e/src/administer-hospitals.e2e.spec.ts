import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, machineHas, type Province, runProgram, startProvince } from '@yinglian/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { fillSignIn, launchBrowser, newPage, OWN_PASSWORD, signInAs, signInAsSample, signInFirst } from './browser.js';
import { eventually } from './eventually.js';
import { SecurityDesk } from './security-desk.js';
import { filesOf, storescu } from './send-files.js';

const describeHere = machineHas('chromium', 'dcmtk') ? describe : describe.skip;

const HOSPITAL = { code: 'H701', name: '云岭县人民医院', creditCode: '12339921MB0YL00305' };
const COMES_SOON = { timeout: 15_000 };

describeHere('an administrator in a new province', () => {
  let province: Province;
  let browser: Browser;
  let page: Page;
  let files: Awaited<ReturnType<typeof filesOf>>;
  let firstPassword = '';

  beforeAll(async () => {
    [province, browser, files] = await Promise.all([
      startProvince({ sample: false }),
      launchBrowser(),
      filesOf(ctSeries(2)),
    ]);
    page = await newPage(browser);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await files?.remove();
    await province?.stop();
  }, 110_000);

  // An icon adds its own name in front.
  const button = (name: string) => page.getByRole('button', { name: new RegExp(`^([a-z-]+ )?${name}$`) });
  const shownPassword = async () => (await page.locator('.password').textContent(COMES_SOON))?.trim() ?? '';
  // biome-ignore lint/performance/useDomNodeTextContent: cells and buttons have no white space between them but by layout
  const wordsOf = async (shown: Locator) => (await shown.innerText()).split(/\s+/);
  const rowOf = (username: string) => page.getByRole('listitem').filter({ hasText: username });
  const gateway = () => {
    const found = province.endpoints.hospitals.find(({ code }) => code === HOSPITAL.code);
    if (found === undefined) throw new Error('The hospital has no gateway');
    return found;
  };
  const send = (callingAeTitle: string) => storescu(gateway(), files.paths, ['-aet', callingAeTitle]);
  const asWorkstation = (program: string, ...args: string[]) => {
    const { aeTitle, dicomPort } = province.endpoints.dimse;
    return runProgram(program, ['-v', '-aet', 'H701READ', '-aec', aeTitle, ...args, '127.0.0.1', String(dicomPort)]);
  };
  const isAdmitted = async () => {
    const { code, output } = await asWorkstation('echoscu');
    if (code !== 0 && !/Calling AE Title Not Recognized/.test(output)) throw new Error(output);
    return code === 0;
  };
  const typeAeTitles = async (...titles: string[]) => {
    await page.getByLabel('允许的设备 AE Title').click();
    for (const title of titles) {
      await page.keyboard.type(title);
      await page.keyboard.press('Enter');
    }
  };

  it('signs in, finds no hospital yet and is told what will happen', async () => {
    await signInAsSample(page, province, 'admin');
    await page.getByText('新增第一家医院后，它的网关会在几秒内启动。').waitFor();
  });

  it('is told what is wrong with a hospital before it is saved', async () => {
    await button('新增医院').click();
    await page.getByLabel('代码', { exact: true }).fill('h-');
    await page.getByLabel('统一社会信用代码').fill('12339921MB0YL00306');
    await typeAeTitles('LONGER_THAN_SIXTEEN');
    await button('保存').click();
    await page.getByText('2 至 16 位大写字母和数字，以字母开头').waitFor();
    await page.getByText('必填').waitFor();
    await page.getByText('校验位不符（GB 32100-2015）。若确为实际代码仍可保存。').waitFor();
    await page.getByText('“LONGER_THAN_SIXTEEN”不是有效的 AE Title').waitFor();
    const tag = page.locator('.ant-select-selection-item', { hasText: 'LONGER_THAN_SIXTEEN' });
    await tag.locator('.ant-select-selection-item-remove').click();
  });

  it('adds a hospital with its credit code and its AE titles, and its gateway runs', async () => {
    await page.getByLabel('代码', { exact: true }).fill(HOSPITAL.code);
    await page.getByLabel('名称', { exact: true }).fill(HOSPITAL.name);
    await page.getByLabel('统一社会信用代码').fill(HOSPITAL.creditCode);
    await page.getByText('校验位正确').waitFor();
    await page.getByText('LONGER_THAN_SIXTEEN').first().waitFor({ state: 'detached' });
    await typeAeTitles('CT_ROOM_1', 'DR_ROOM_2');
    await button('保存').click();
    const row = page.getByRole('row', { name: HOSPITAL.name });
    await row.waitFor();
    expect(await wordsOf(row)).toEqual([
      HOSPITAL.name,
      HOSPITAL.code,
      '县级',
      HOSPITAL.creditCode,
      'H701GW',
      'CT_ROOM_1',
      'DR_ROOM_2',
    ]);
    await eventually('the gateway', async () => (await fetch(`${gateway().gateway}/readyz`)).ok, 60_000);
    expect(gateway()).toMatchObject({ code: 'H701', name: HOSPITAL.name, aeTitle: 'H701GW' });
  }, 90_000);

  it('may not give a code away twice', async () => {
    await button('新增医院').click();
    await page.getByLabel('代码', { exact: true }).fill(HOSPITAL.code);
    await page.getByLabel('名称', { exact: true }).fill('另一家医院');
    await button('保存').click();
    await page.getByText('该代码已被另一家医院使用。').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('decides by AE titles who may send: others are refused until they are listed', async () => {
    await eventually('images of a listed device', () => send('CT_ROOM_1').then(() => true));
    await expect(send('ULTRASOUND_9')).rejects.toThrow(/Calling AE Title Not Recognized/);
    await page.getByRole('link', { name: HOSPITAL.name }).click();
    await typeAeTitles('ULTRASOUND_9');
    await button('保存').click();
    await page.getByRole('row', { name: 'ULTRASOUND_9' }).waitFor();
    await eventually('images of the device that is listed now', () => send('ULTRASOUND_9').then(() => true));
  });

  it('lets a workstation query as soon as it is added, and refuses it once it is removed', async () => {
    expect(await isAdmitted()).toBe(false);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: HOSPITAL.name }).click();
    await page.getByRole('tab', { name: '工作站' }).click();
    await button('新增工作站').click();
    await page.getByRole('textbox', { name: 'AE Title', exact: true }).fill('H701READ');
    await button('保存').last().click();
    await page.getByText('请填写证书指纹，或允许不使用 TLS，或填写接收地址').waitFor();
    await page.getByRole('switch', { name: '允许不使用 TLS' }).click();
    await button('保存').last().click();
    const row = page.getByRole('listitem').filter({ hasText: 'H701READ' });
    await row.waitFor();
    await eventually('the workstation is admitted', isAdmitted);
    const keys = ['QueryRetrieveLevel=STUDY', 'StudyInstanceUID', 'PatientName'].flatMap((key) => ['-k', key]);
    await eventually('it finds what its hospital made', async () =>
      /Bench\^Patient/.test((await asWorkstation('findscu', '-S', ...keys)).output),
    );
    await row.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('名称', { exact: true }).last().fill('阅片室 1');
    await button('保存').last().click();
    await row.filter({ hasText: '阅片室 1' }).waitFor();
    expect(await isAdmitted()).toBe(true);
    await row.getByRole('button', { name: '移除' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '移除' }).click();
    await row.waitFor({ state: 'detached' });
    await eventually('the workstation is refused', async () => !(await isAdmitted()));
    await page.keyboard.press('Escape');
  });

  it('adds a department and a member of staff, whose first password is shown once', async () => {
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: HOSPITAL.name }).click();
    await page.getByRole('tab', { name: '科室' }).click();
    await page.getByPlaceholder('代码').fill('RAD');
    await page.getByPlaceholder('名称').fill('放射科');
    await button('新增科室').click();
    await page.getByRole('listitem').filter({ hasText: '放射科' }).waitFor();
    await page.getByRole('tab', { name: '人员' }).click();
    await button('新增人员').click();
    await page.getByLabel('姓名').fill('周若水');
    await page.getByLabel('用户名').fill('dr.zhou');
    await page.locator('#department').click();
    await page.getByTitle('放射科').click();
    await page.getByLabel('申请理由').fill('新入职，放射科医师');
    await button('新增').click();
    firstPassword = await shownPassword();
    expect(firstPassword.length).toBeGreaterThan(9);
    await page.getByText('已提交，等待安全管理员审批。').waitFor();
    await button('关闭').last().click();
    expect(await wordsOf(rowOf('dr.zhou'))).toEqual([
      '周若水',
      'dr.zhou',
      '无角色',
      '放射科',
      '调整角色',
      '登录安全',
      '重置密码',
      '停用',
    ]);
  });

  it('cannot let the new member of staff act alone: a security administrator approves it', async () => {
    const theirs = await newPage(browser);
    await signInFirst(theirs, province.endpoints.edge, 'dr.zhou', firstPassword);
    await theirs.getByText('该账户还没有角色：可能正等待安全管理员审批。').waitFor();
    const desk = await SecurityDesk.open(browser, province);
    const waiting = desk.page.getByRole('listitem').filter({ hasText: 'dr.zhou' });
    expect(await wordsOf(waiting.locator('.proposal-what'))).toEqual(
      expect.arrayContaining(['周若水', 'dr.zhou', '无角色', '→', '临床医师', '新入职，放射科医师']),
    );
    await desk.approve('dr.zhou');
    await desk.page.getByText('已处理').click();
    await desk.page.getByText(/^security 于 .* 批准$/).waitFor();
    await desk.close();
    await page.reload();
    await page.getByRole('link', { name: HOSPITAL.name }).click();
    await page.getByRole('tab', { name: '人员' }).click();
    await rowOf('dr.zhou').getByText('临床医师').waitFor();
  });

  it('asks for a further role, and takes it back', async () => {
    await rowOf('dr.zhou').getByRole('button', { name: '调整角色' }).click();
    const dialog = page.getByRole('dialog', { name: '调整周若水的角色' });
    const choose = async (role: string) => {
      await dialog.locator('#roles').click();
      await page
        .locator('.ant-select-item-option')
        .filter({ hasText: new RegExp(`^${role}$`) })
        .click();
      await dialog.getByText('调整周若水的角色').click();
    };
    await choose('系统管理员');
    await dialog.getByText('职责互斥：系统管理员、安全管理员和患者都不能兼任其他角色。').waitFor();
    await choose('系统管理员');
    await choose('数据管理员');
    await dialog.getByLabel('申请理由').fill('兼管身份核对');
    await dialog.getByRole('button', { name: '提交审批' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '权限审批' }).click();
    const waiting = page.getByRole('listitem').filter({ hasText: '兼管身份核对' });
    await waiting.getByRole('button', { name: /撤\s?回/ }).click();
    await page
      .getByRole('tooltip')
      .getByRole('button', { name: /撤\s?回/ })
      .click();
    await waiting.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '医院', exact: true }).click();
    await page.getByRole('link', { name: HOSPITAL.name }).click();
    await page.getByRole('tab', { name: '人员' }).click();
  });

  it('has let the new member of staff sign in, who finds the patient of the first images', async () => {
    const theirs = await newPage(browser);
    await signInAs(theirs, province.endpoints.edge, 'dr.zhou', OWN_PASSWORD);
    const patient = theirs.getByRole('link', { name: /Bench Patient/ });
    await eventually('the patient is found', async () => {
      await theirs.goto(`${province.endpoints.edge}/people`);
      await theirs.getByPlaceholder(/姓名、拼音或首字母/).fill('bench patient');
      await theirs.keyboard.press('Enter');
      await patient.waitFor({ timeout: 3_000 });
      return true;
    });
    await patient.click();
    await theirs.getByRole('heading', { name: '胸部平扫' }).waitFor();
    await theirs.getByText('本院').waitFor();
  });

  it('resets a forgotten password: from then on the new one signs in, and the old one no more', async () => {
    await button('重置密码').click();
    await page.getByRole('tooltip').getByRole('button', { name: '重置密码' }).click();
    const second = await eventually('a new password', async () => {
      const shown = await shownPassword();
      return shown !== '' && shown !== firstPassword && shown;
    });
    const theirs = await newPage(browser);
    await fillSignIn(theirs, province.endpoints.edge, 'dr.zhou', OWN_PASSWORD);
    await theirs.getByText('账号或密码不正确。').waitFor();
    await signInFirst(theirs, province.endpoints.edge, 'dr.zhou', second);
  });
});
