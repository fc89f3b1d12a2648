/** An inclusive range of dates or times (PS3.4 section C.2.2.2.5); an open end is null. */
export interface TextRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** `20260101-20260131`, `20260101-`, `-20260131` or one value; undefined when it is none of these. */
export function readRange(value: string, form: RegExp): TextRange | undefined {
  const [from = '', to, ...more] = value.split('-').map((part) => part.trim());
  const given = to === undefined ? [from] : [from, to].filter((part) => part !== '');
  if (more.length > 0 || given.length === 0 || !given.every((part) => form.test(part))) return undefined;
  return to === undefined ? { from, to: from } : { from: from || null, to: to || null };
}

export const DATE = /^\d{8}$/;
export const TIME = /^([01]\d|2[0-3])([0-5]\d([0-5]\d(\.\d{1,6})?)?)?$/;

/** The key for attributes without a value, where that is asked for (PS3.4 section C.2.2.2.7). */
export const EMPTY_VALUE = '""';

/** UIDs or codes: separated by backslashes, or by commas as many clients do (PS3.18 section 8.3.4.1). */
export const readList = (value: string) =>
  [...new Set(value.split(/[\\,]/).map((part) => part.trim()))].filter(Boolean);

export const hasWildcard = (value: string) => /[*?]/.test(value);

/** The wildcards of PS3.4 section C.2.2.2.4 as a pattern for SQL LIKE. */
export const likePattern = (value: string) =>
  value
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_');

/** A time to the second, so that 1200 and 120000 are one (PS3.4 section C.2.2.2.1.3). */
export const wholeTime = (time: string) => time.padEnd(6, '0');

/** Whether an attribute's value lies in a range; a time as an end includes what it does not tell: 1200 the whole minute. */
export function inRange(value: string, { from, to }: TextRange): boolean {
  return value !== '' && (from === null || wholeTime(value) >= wholeTime(from)) && (to === null || value <= `${to}~`);
}

/** Whether a text matches a key exactly or by wildcards. */
export const matchesText = (key: string, value: string): boolean =>
  hasWildcard(key) ? matchesPattern([...key], [...value]) : key === value;

/** Goes back to the last `*` only, so that no pattern takes longer than pattern times text. */
function matchesPattern(pattern: readonly string[], text: readonly string[]): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resume = position;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star < 0) {
      return false;
    } else {
      at = star + 1;
      position = ++resume;
    }
  }
  return pattern.slice(at).every((sign) => sign === '*');
}
