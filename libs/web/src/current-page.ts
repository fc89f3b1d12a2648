import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const PLACE = '__YINGLIAN_SETTINGS__';

/**
 * Gives the app's one page as it is built now: a page of before names assets that are gone. While it is being built anew, and has
 * no page that can be served, the one before stays.
 */
export async function currentPage(folder: string, settings: object | undefined): Promise<() => Promise<string>> {
  let built = await buildOf(folder);
  let page = await pageWithSettings(folder, settings);
  return async () => {
    const now = await buildOf(folder).catch(() => built);
    if (now === built) return page;
    const read = await pageWithSettings(folder, settings).catch(() => undefined);
    if (read !== undefined && (await buildOf(folder).catch(() => undefined)) === now) [built, page] = [now, read];
    return page;
  };
}

/** Changes when the page is written. */
async function buildOf(folder: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(join(folder, 'index.html'));
  return [ino, mtimeMs, size].join(' ');
}

/** The app's one page, with its settings in the `content` of a meta element: no further request, no inline script. */
async function pageWithSettings(folder: string, settings: object | undefined): Promise<string> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  if (settings === undefined) return page;
  if (!page.includes(PLACE)) throw new Error(`${folder}/index.html has no place for its settings`);
  return page.replace(PLACE, escapeAttribute(JSON.stringify(settings)));
}

const escapeAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
