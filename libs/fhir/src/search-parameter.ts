/** One search parameter as it came: `family:exact=Wang,Wong` (http://hl7.org/fhir/R4/search.html). */
export interface SearchParameter {
  readonly name: string;
  readonly modifier: string | null;
  /** Any of these; each with its escapes, for `readToken` and `readText` to take away. */
  readonly values: readonly string[];
}

/** Parameters of an address or a form. One that is repeated is several, which must all apply; empty values are left out. */
export function readSearchParameters(query: Readonly<Record<string, unknown>>): SearchParameter[] {
  return Object.entries(query).flatMap(([key, given]) => {
    const [name = '', ...modifiers] = key.split(':');
    const texts = (Array.isArray(given) ? given : [given]).filter((one) => typeof one === 'string');
    return texts
      .filter((text) => text !== '')
      .map((text) => ({
        name,
        modifier: modifiers.length === 0 ? null : modifiers.join(':'),
        values: split(text, ','),
      }));
  });
}

/** `|code` has an empty system, a bare `code` any, `system|` any code. */
export interface Token {
  /** Null: any, or none. */
  readonly system: string | null;
  /** Null: any of the system. */
  readonly code: string | null;
}

export function readToken(value: string): Token {
  const [first = '', ...rest] = split(value, '|').map(readText);
  if (rest.length === 0) return { system: null, code: first };
  const code = rest.join('|');
  return { system: first, code: code === '' ? null : code };
}

/** A value without its escapes (http://hl7.org/fhir/R4/search.html#escaping). */
export const readText = (value: string): string => value.replace(/\\([\\,|$])/g, '$1');

/** Cuts at a sign that no backslash stands before. */
function split(text: string, sign: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (piece === sign) parts.push('');
    else parts.push(`${parts.pop()}${piece}`);
  }
  return parts;
}
