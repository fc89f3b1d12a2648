import type { Separators } from './separators.js';

/** Text with its escape sequences resolved (HL7 2.5.1 section 2.7). Those of no meaning for text are left out; others stay. */
export function unescapeText(text: string, separators: Separators): string {
  const { escape: mark } = separators;
  if (mark === '' || !text.includes(mark)) return text;
  let read = '';
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf(mark, at);
    const end = start < 0 ? -1 : text.indexOf(mark, start + 1);
    if (end < 0) return read + text.slice(at);
    const meaning = meaningOf(text.slice(start + 1, end), separators);
    // An escape character that begins no sequence is text, and the next one may begin one.
    read += text.slice(at, start) + (meaning ?? mark);
    at = meaning === undefined ? start + 1 : end + 1;
  }
  return read;
}

function meaningOf(sequence: string, { field, component, repetition, escape: mark, subcomponent }: Separators) {
  const named: Record<string, string> = { F: field, S: component, R: repetition, E: mark, T: subcomponent };
  if (Object.hasOwn(named, sequence)) return named[sequence];
  if (/^\.(br|sp\d*|ce)$/i.test(sequence)) return '\n'.repeat(Math.max(1, Number(/\d+/.exec(sequence)?.[0] ?? 1)));
  if (/^(H|N|\.(fi|nf|in[+-]?\d*|ti[+-]?\d*|sk\d*))$/i.test(sequence)) return '';
  if (/^X([0-9A-F]{2})+$/i.test(sequence)) return Buffer.from(sequence.slice(1), 'hex').toString('utf8');
  return undefined;
}

/** Text that may stand in a field. */
export function escapeText(
  text: string,
  { field, component, repetition, escape: mark, subcomponent }: Separators,
): string {
  const letters: Record<string, string> = {
    [mark]: 'E',
    [field]: 'F',
    [component]: 'S',
    [repetition]: 'R',
    [subcomponent]: 'T',
    '\r': '.br',
    '\n': '.br',
  };
  return [...text.replaceAll('\r\n', '\n')]
    .map((character) => (Object.hasOwn(letters, character) ? `${mark}${letters[character]}${mark}` : character))
    .join('');
}
