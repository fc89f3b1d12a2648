import { generate } from 'otplib';
import type { Browser } from './browser.js';

const STEP_S = 30;

/** An authenticator app on somebody's phone; it gives each code once, as many as are valid at a time: three. */
export class AuthenticatorApp {
  private ahead = -1;

  constructor(readonly secret: string) {}

  /** Of a later time step at each call, beginning with the one before now. */
  code(): Promise<string> {
    const code = this.codeAt(this.ahead);
    this.ahead += 1;
    return code;
  }

  codeAt(steps: number): Promise<string> {
    return generate({ secret: this.secret, epoch: Math.floor(Date.now() / 1_000) + steps * STEP_S });
  }
}

export const secretOn = (page: string) => (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '');
export const recoveryCodesOn = (page: string) =>
  [...page.matchAll(/<li>([a-z2-9]{5}-[a-z2-9]{5})<\/li>/g)].map(([, code = '']) => code);

/** Enrols an app on the page that the browser was led to; the program's address is where it ends. */
export async function enrolOn(browser: Browser, { at, response }: { at: URL; response: Response | undefined }) {
  const path = at.pathname;
  const app = new AuthenticatorApp(secretOn((await response?.text()) ?? ''));
  const page = await browser.open(new URL(`${path}/enrol`, at), { code: await app.code() });
  const recoveryCodes = recoveryCodesOn(await page.text());
  return { app, recoveryCodes, end: await browser.walk(new URL(`${path}/continue`, at), {}) };
}
