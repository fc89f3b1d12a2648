import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the web app must know before it asks for anything. */
export interface PortalSettings {
  readonly publicUrl: string;
  readonly viewerUrl: string;
}

const PLACE = '__YINGLIAN_SETTINGS__';

/** The app's one page, with its settings in the `content` of a meta element: no further request, no inline script. */
export async function portalPage(folder: string, settings: PortalSettings): Promise<string> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  if (!page.includes(PLACE)) throw new Error(`${folder}/index.html has no place for its settings`);
  return page.replace(PLACE, escapeAttribute(JSON.stringify(settings)));
}

const escapeAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
