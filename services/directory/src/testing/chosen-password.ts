import type { Browser } from './browser.js';

/** What people choose in place of a password that they were told. */
export const OWN_PASSWORD = 'nobody but me knows';

interface Page {
  readonly at: URL;
  readonly response: Response | undefined;
}

/** Chooses a password where the page asks for one; elsewhere the page as it was. */
export async function chosenOn(browser: Browser, { at, response }: Page): Promise<Page> {
  const page = await response?.clone().text();
  if (page?.includes('name="again"') !== true) return { at, response };
  const form = { password: OWN_PASSWORD, again: OWN_PASSWORD };
  return browser.walk(new URL(`${at.pathname}/new-password`, at), form);
}
