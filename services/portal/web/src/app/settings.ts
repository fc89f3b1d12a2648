/** What the edge wrote into the page. */
export interface Settings {
  readonly publicUrl: string;
  readonly viewerUrl: string;
}

export function readSettings(): Settings {
  const written = document.querySelector('meta[name="yinglian-settings"]')?.getAttribute('content') ?? '';
  const read: unknown = JSON.parse(written);
  if (typeof read === 'object' && read !== null && 'publicUrl' in read && 'viewerUrl' in read) {
    return { publicUrl: String(read.publicUrl), viewerUrl: String(read.viewerUrl) };
  }
  throw new Error('The page carries no settings: it must be served by the edge');
}

export const settings = readSettings();
