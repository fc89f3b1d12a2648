export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const TOKEN = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g;
const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the XML that audit messages are made of, and nothing more of it: no comments, no CDATA. @throws on whatever is not well-formed */
export function readXml(document: string): Element {
  const text = document.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>/, '');
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    const parent = open.at(-1);
    if (token === null || parent === undefined) throw new Error(`Not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    const [, closes, name = '', attributes = '', isEmpty, words] = token;
    if (words !== undefined) parent.text += unescaped(words);
    else if (closes === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> at ${at} closes another element`);
    } else {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, unescaped(value)]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  const [element] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || element === undefined) throw new Error('Not one element');
  return element;
}

const unescaped = (text: string): string => {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`A bare & in ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => SIGNS[name] ?? '');
};
