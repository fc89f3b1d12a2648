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
export const TIME = /^\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?$/;

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

/** Whether one of an attribute's values matches a key: exactly, by wildcards, or as one of a list. */
export function matchesText(key: string, values: readonly string[]): boolean {
  if (hasWildcard(key)) return values.some((value) => matchesPattern([...key], [...value]));
  const wanted = new Set([key, ...readList(key)]);
  return values.some((value) => wanted.has(value));
}

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
