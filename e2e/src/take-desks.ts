import { DicomWebClient, firstValue, type Province } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { OWN_PASSWORD, signInAs, signInAsSample, signInFirst } from './browser.js';
import { eventually } from './eventually.js';
import { SECOND_FACTOR_RULE } from './second-factor-rule.js';
import { SecurityDesk } from './security-desk.js';

const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

type Keep = (page: Page, name: string) => Promise<void>;

/** Of whom the sample person's images are, of who looks into what was unusual, and of who answers for the policies. */
export async function takeDesks(
  province: Province,
  browser: Browser,
  { personId, steward }: { readonly personId: string; readonly steward: string },
  keep: Keep,
): Promise<void> {
  const newPage = async (device: object) => (await browser.newContext({ locale: 'zh-CN', ...device })).newPage();
  const phone = await takePatient(province, newPage, steward, personId);
  await keep(phone, 'patient-phone');
  const auditor = await newPage(DESKTOP);
  await signInAsSample(auditor, province, 'auditor');
  await post(province, 'auditor', 'vips', { personId, reason: '公众人物' });
  await post(province, 'dr.zhao', 'declared-relationships', { personId, reason: '门诊会诊' });
  await openAll(province, 'dr.zhao', personId);
  await eventually(
    'a finding',
    async () => {
      await auditor.goto(`${province.endpoints.edge}/cases`);
      await auditor.locator('.finding').first().waitFor({ timeout: 5_000 });
      return true;
    },
    120_000,
  );
  await keep(auditor, 'findings');
  await auditor.goto(`${province.endpoints.edge}/statistics`);
  await keep(auditor, 'statistics');
  await takePolicies(province, browser, keep);
}

/** The person's own page on a phone, with the account that a counter has just handed over. */
async function takePatient(
  province: Province,
  newPage: (device: object) => Promise<Page>,
  steward: string,
  personId: string,
): Promise<Page> {
  const { edge } = province.endpoints;
  const counter = await newPage(DESKTOP);
  await signInAs(counter, edge, steward, OWN_PASSWORD);
  await counter.goto(`${edge}/people/${personId}/counter`);
  await counter.getByLabel('核验的证件').click();
  await counter.getByTitle('居民身份证').click();
  await counter.getByRole('button', { name: '开通账户并交给患者' }).click();
  const shown = counter.locator('.ant-modal .password');
  await shown.nth(1).waitFor();
  const [account = '', password = ''] = await shown.allTextContents();
  const phone = await newPage(PHONE);
  await signInFirst(phone, edge, account, password);
  await phone.getByText('谁看过').waitFor();
  return phone;
}

/** All studies of the person, as a program of the clinician asks for them. */
async function openAll(province: Province, username: string, personId: string): Promise<void> {
  const token = await province.token(username);
  const studies = await new DicomWebClient(province.endpoints.dicomweb, token).find(`/studies?PatientID=${personId}`);
  for (const study of studies) {
    const metadata = `${province.endpoints.dicomweb}/studies/${firstValue(study, '0020000D')}/metadata`;
    await fetch(metadata, { headers: { authorization: `Bearer ${token}`, accept: 'application/dicom+json' } });
  }
}

async function post(province: Province, username: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${province.endpoints.edge}/api/consent-audit/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await province.token(username)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
}

/** A rule tried on what the sample's clinicians have opened. */
async function takePolicies(province: Province, browser: Browser, keep: Keep): Promise<void> {
  const { page } = await SecurityDesk.open(browser, province, 'security2');
  await page.goto(`${province.endpoints.edge}/policies`);
  await page.getByRole('button', { name: '提出修改' }).click();
  const file = page.getByLabel('clinicians.cedar');
  await file.fill(`${await file.inputValue()}${SECOND_FACTOR_RULE}`);
  await eventually('what would have been decided', async () => {
    await page.getByRole('button', { name: '用过去 7 天试行' }).click();
    return page.getByText(/[1-9]\d* 次会被拒绝/).isVisible();
  });
  await page.getByText(/[1-9]\d* 次会被拒绝/).scrollIntoViewIfNeeded();
  await keep(page, 'policies');
}
