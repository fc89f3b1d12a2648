const LONGEST = 128;

/** As it is compared: half width, capitals, without what is invisible, and no longer than anything meant for comparing. */
export function plain(text: string, longest = LONGEST): string {
  // Most texts are numbers: in these nothing but small letters changes.
  if (/^[ -~]*$/.test(text))
    return text
      .slice(0, 2 * longest)
      .trim()
      .toUpperCase()
      .slice(0, longest)
      .trim();
  // What is invisible goes first, for it keeps marks from their letters; small before capital, for SS stands for ẞ, a capital too.
  const capitals = text
    .slice(0, 2 * longest)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    .toUpperCase();
  return Array.from(capitals.normalize('NFKC').trim()).slice(0, longest).join('').trim();
}

/** A number as it is compared: also without spaces and any kind of hyphen. */
export const plainNumber = (text: string): string => without(/[\s\p{Pd}\u2212]/gu, plain(text));

/** A text as it is compared where spaces come and go. */
export const withoutSpaces = (text: string): string => without(/\s/g, text);

/** What was apart may be one letter with a mark now. */
const without = (signs: RegExp, text: string): string => text.replace(signs, '').normalize('NFKC');

/** What neither a text nor a number has: control characters, and halves of surrogate pairs. */
export const hasControlCharacters = (text: string): boolean => !text.isWellFormed() || /\p{Cc}/u.test(text);
