const NUL = '\0';
const REPLACEMENT = '\uFFFD';

/** As PostgreSQL can keep it: its texts have no NUL character, which becomes a replacement character, in what is stored and in what is asked for. */
export const storableText = (text: string): string => (text.includes(NUL) ? text.replaceAll(NUL, REPLACEMENT) : text);

/** A statement's value, also a list of them. Halves of surrogate pairs become replacement characters as they are written in UTF-8. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storable) : value;
}

/** JSON for a column of type jsonb, which refuses NUL and halves of surrogate pairs also where they are escaped. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storableText(part.toWellFormed()) : part));
