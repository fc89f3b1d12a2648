import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Province } from '@yinglian/testing';
import { type Browser, chromium, type Page } from 'playwright-core';

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

/** The same with the password that the sample province gave the user. */
export function signInAsSample(page: Page, { endpoints }: Pick<Province, 'endpoints'>, username: string) {
  const user = endpoints.users.find((candidate) => candidate.username === username);
  if (user === undefined) throw new Error(`There is no user ${username}`);
  return signInAs(page, endpoints.edge, username, user.password);
}
