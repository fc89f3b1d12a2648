type Attributes = Readonly<Record<string, string | undefined>>;

/** An element with its attributes, but for those that are not defined; `children` are elements already, or text from `xmlText`. */
export function xml(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${xmlText(value)}"`,
  );
  const content = children.join('');
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML 1.0 may have it: signs that it may not have are replaced, also halves of surrogate pairs. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not allow
    .replace(/[\u0000-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** A coded value of the audit message schema. */
export const coded = (element: string, code: string, system: string, text: string): string =>
  xml(element, { 'csd-code': code, codeSystemName: system, originalText: text });
