import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Province } from '@yinglian/testing';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { eventually } from './eventually.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Quiet: it talks to nobody but the pages it is told to open. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // OHIF draws with WebGL; without a graphics card it is computed.
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** The machine's own Chromium. */
export function launchBrowser(): Promise<Browser> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (found === undefined) throw new Error('There is no Chromium on this machine');
  return chromium.launch({ executablePath: found, args: FLAGS });
}

const DESKTOP = { locale: 'zh-CN', viewport: { width: 1440, height: 900 } };

/** A page of a browser that nobody has signed in by, with patience for a machine that does much else. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...DESKTOP, ...options });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/** Of whoever is signed in at the portal. */
export const accessTokenOf = (page: Page): Promise<string> =>
  page.evaluate(
    `JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:'))[1]).access_token`,
  );

/** What that token says. */
export async function claimsOf(page: Page): Promise<Record<string, unknown>> {
  const [, claims = ''] = (await accessTokenOf(page)).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

/** What people choose in place of a password that they were told. */
export const OWN_PASSWORD = 'nobody but me knows';

/** Fills in the provider's page and sends it, as a person does. */
export async function fillSignIn(page: Page, edge: string, username: string, password: string): Promise<void> {
  await page.goto(edge);
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await page.click('form button');
}

/** Signs in and waits for the first screen of the person's role. */
export async function signInAs(page: Page, edge: string, username: string, password: string): Promise<void> {
  await fillSignIn(page, edge, username, password);
  await page.waitForSelector('header.bar');
}

/** The first time: with a password that somebody else told, and one of their own in its place. */
export async function signInFirst(page: Page, edge: string, username: string, told: string): Promise<void> {
  await fillSignIn(page, edge, username, told);
  for (const name of ['password', 'again'])
    await page.fill(`input[name=${name}][autocomplete=new-password]`, OWN_PASSWORD);
  await page.click('form button');
  await page.waitForSelector('header.bar');
}

/** The same with the password that the sample province gave the user. */
export function signInAsSample(page: Page, { endpoints }: Pick<Province, 'endpoints'>, username: string) {
  const user = endpoints.users.find((candidate) => candidate.username === username);
  if (user === undefined) throw new Error(`There is no user ${username}`);
  return signInAs(page, endpoints.edge, username, user.password);
}

/** Types a clue into the one search box. */
export async function searchPerson(page: Page, edge: string, clue: string): Promise<void> {
  await page.goto(`${edge}/people`);
  await page.locator('.smart-search input').first().fill(clue);
  await page.keyboard.press('Enter');
}

/** Opens a study of the timeline; resolves with the viewer's tab once the study is drawn there. */
export async function openInViewer(page: Page, heading: string): Promise<Page> {
  const entry = page.locator('.study').filter({ has: page.getByRole('heading', { name: heading }) });
  const [viewer] = await Promise.all([page.context().waitForEvent('page'), entry.locator('.study-open').click()]);
  await viewer.locator('.cornerstone-viewport-element canvas, .viewport-element canvas').first().waitFor();
  // Asked from here each time: the viewer's policy refuses a script that asks again by itself (waitForFunction).
  await eventually('the viewer has drawn the study', () => viewer.evaluate<boolean>(DRAWN), 60_000);
  return viewer;
}

/** Whether a canvas shows anything but one colour. Runs in the page. */
const DRAWN = `(() => {
  const canvas = document.querySelector('.cornerstone-viewport-element canvas, .viewport-element canvas');
  if (!canvas || canvas.width === 0) return false;
  const copy = document.createElement('canvas');
  copy.width = 64;
  copy.height = 64;
  const context = copy.getContext('2d');
  context.drawImage(canvas, 0, 0, 64, 64);
  const { data } = context.getImageData(0, 0, 64, 64);
  const shades = new Set();
  for (let at = 0; at < data.length; at += 4) shades.add(data[at]);
  return shades.size > 8;
})()`;

/** Pixels by which the page is wider than the screen: more than none makes it scroll sideways. */
export const widthBeyondScreen = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
