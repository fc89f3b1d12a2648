import type { Province } from '@yinglian/testing';
import type { Browser, Page } from 'playwright-core';
import { AuthenticatorApp } from './authenticator-app.js';
import { newPage, signInAsSample } from './browser.js';

/** A security administrator at their first page, with their second factor set up there. */
export class SecurityDesk {
  private constructor(readonly page: Page) {}

  static async open(
    browser: Browser,
    province: Pick<Province, 'endpoints'>,
    account = 'security',
  ): Promise<SecurityDesk> {
    const page = await newPage(browser);
    await signInAsSample(page, province, account);
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: '去验证' }).click(),
    ]);
    const { password = '' } = province.endpoints.users.find(({ username }) => username === account) ?? {};
    await beside.fill('input[name=password]', password);
    await beside.click('form button');
    const app = new AuthenticatorApp((await beside.locator('.key code').textContent()) ?? '');
    await beside.fill('input[name=code]', app.code());
    await beside.click('form button');
    await Promise.all([beside.waitForEvent('close'), beside.getByRole('button', { name: '已保存，继续' }).click()]);
    await page.getByRole('button', { name: '去验证' }).waitFor({ state: 'detached' });
    return new SecurityDesk(page);
  }

  /** Approves what waits for the account. */
  async approve(account: string): Promise<void> {
    await this.page.getByRole('link', { name: '权限审批' }).click();
    await this.page.reload();
    const row = this.page.getByRole('listitem').filter({ hasText: account });
    await row.getByRole('button', { name: /批\s?准/ }).click();
    await this.page
      .getByRole('tooltip')
      .getByRole('button', { name: /批\s?准/ })
      .click();
    await row.waitFor({ state: 'detached' });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
