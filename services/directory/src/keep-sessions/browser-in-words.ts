const BROWSERS = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['WeChat', /\bMicroMessenger\/(\d+)/],
  ['QQ', /\bM?QQBrowser\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
] as const;

const SYSTEMS = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows NT/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

export interface BrowserInWords {
  /** For instance `Chrome 140`; null of a program. */
  readonly browser: string | null;
  /** For instance `Windows`. */
  readonly system: string | null;
}

/** What somebody recognises their browser by. It says what the browser says, and proves nothing. */
export function browserInWords(userAgent: string): BrowserInWords {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return { browser: `${name} ${version}`, system: systemIn(userAgent) };
  }
  return { browser: null, system: systemIn(userAgent) };
}

const systemIn = (userAgent: string) => SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null;

/** The network that an address is of: `10.1.20.*`, `2001:db8:1:*`. */
export function shortAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  const separator = plain.includes(':') ? ':' : '.';
  return [...plain.split(separator).slice(0, 3), '*'].join(separator);
}
