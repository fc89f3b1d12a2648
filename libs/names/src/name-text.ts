const MIDDLE_DOTS = /\s*[·•・‧∙⋅․●○◦⸱⸰ꞏᐧ᛫⚫]+\s*/gu;
// Signs that are typed where the keyboard has no dot.
const DOT_BETWEEN_HAN = /(?<=\p{Script=Han})[.。_-](?=\p{Script=Han})/gu;
// Replacement and private use characters, and what stands where a character is outside of GBK, or is hidden.
const LOST = /[\uFFFD\uE000-\uF8FF\u{F0000}-\u{10FFFF}□■▢▯〓]|(?<=\p{Script=Han})\*+|\*+(?=\p{Script=Han})/gu;
// Directions, joiners and selectors of forms: they change how a character is drawn, not which it is.
const INVISIBLE = /[\p{Cf}\u0640]|\p{Variation_Selector}/gu;
const BRACKETS = /[[{【〔<《](\p{Script=Han}+)[\]}】〕>》]/gu;
const NOISE = /急诊|体检|加急|\d+床?/g;
/** Of a component group (PS3.5 section 6.2, VR PN). */
export const MOST_CHARACTERS = 64;
/** What most names are written in, and nothing is to be unified in. */
const COMMON_HAN = /^[\u4E00-\u9FFF]{1,64}$/;
// Letters that are no letter with a mark.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Full-width to half-width, one middle dot (U+00B7, as the name collection rules ask for), one sign for what is lost. */
export function unify(text: string): string {
  if (COMMON_HAN.test(text)) return text;
  const unified = clean(text.slice(0, 4 * MOST_CHARACTERS))
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(MIDDLE_DOTS, '·')
    .replace(DOT_BETWEEN_HAN, '·')
    .replace(BRACKETS, '($1)')
    .replace(LOST, '?');
  return [...unified].slice(0, MOST_CHARACTERS).join('');
}

/** Text that PostgreSQL and JSON can both keep. */
export const clean = (text: string): string => text.toWellFormed().replace(/\p{Cc}/gu, '');

/** The Chinese part; a character described by its parts in brackets, 王(火火火), counts as lost. */
export function hanIn(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return '';
  return text
    .replace(NOISE, '')
    .replace(/\((\p{Script=Han}{2,})\)/gu, '?')
    .replace(/\([^)]*\)/g, '')
    .replace(/[^\p{Script=Han}·?]/gu, '')
    .replace(/^·+|·+$/g, '');
}

/** The part in letters, in parts. Marks are left out of Latin letters only: elsewhere they are vowels. */
export function latinIn(text: string): string[] {
  if (COMMON_HAN.test(text)) return [];
  const letters = text
    .replace(/[\p{Script=Han}·?]/gu, ' ')
    .toLowerCase()
    .normalize('NFD')
    // Pinyin has ü behind l and n only.
    .replace(/(?<=[ln])u\p{M}*\u0308\p{M}*|u:/gu, 'v')
    .replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, '')
    .replace(/['’‘ʼ`]/g, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
  const parts = letters.split(/[^\p{L}\p{M}]+/u).filter((part) => part !== '');
  // 王芳之子A: one letter beside characters is no spelling of a name.
  return parts.length === 1 && parts[0]?.length === 1 && /\p{Script=Han}/u.test(text) ? [] : parts;
}
