import type { Components } from './components.js';

const LONGEST_NAME = 324;

/** Family and given name of an XPN, as DICOM writes them. */
export const nameIn = (value: Components): string =>
  [value(1), value(2)]
    .filter((part) => part !== '')
    .join('^')
    .slice(0, LONGEST_NAME);

/** Each repetition of the name (XPN) is of one script; which, its characters say. */
export function namesIn(values: readonly Components[]): { alphabetic?: string; ideographic?: string } {
  const name: { alphabetic?: string; ideographic?: string } = {};
  for (const text of values.map(nameIn)) {
    if (text === '') continue;
    if (/\p{Script=Han}/u.test(text)) name.ideographic ??= text;
    else name.alphabetic ??= text;
  }
  return name;
}
