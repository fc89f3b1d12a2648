import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PLACE = '__YINGLIAN_SETTINGS__';

/** The app's one page, with its settings in the `content` of a meta element: no further request, no inline script. */
export async function pageWithSettings(folder: string, settings: object | undefined): Promise<string> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  if (settings === undefined) return page;
  if (!page.includes(PLACE)) throw new Error(`${folder}/index.html has no place for its settings`);
  return page.replace(PLACE, escapeAttribute(JSON.stringify(settings)));
}

const escapeAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
