const LONGEST = 128;

/** As it is compared: half width, capitals, without what is invisible, and no longer than anything meant for comparing. */
export function plain(text: string): string {
  // What is invisible may keep letters apart that are one without it, and a capital may be two; so normalized again.
  const capitals = text
    .slice(0, LONGEST)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '')
    .toUpperCase();
  return Array.from(capitals.normalize('NFKC').trim()).slice(0, LONGEST).join('').trim();
}

/** A number as it is compared: also without spaces and any kind of hyphen. */
export const plainNumber = (text: string): string => plain(text).replace(/[\s\p{Pd}\u2212]/gu, '');

/** What neither a text nor a number has: control characters, and halves of surrogate pairs. */
export const hasControlCharacters = (text: string): boolean => !text.isWellFormed() || /\p{Cc}/u.test(text);
