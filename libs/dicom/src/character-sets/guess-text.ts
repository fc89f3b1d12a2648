import { decodeAs, decodeStrictly } from './encodings.js';

const CHINESE = /^[\p{Script=Han}\u3000-\u303f\uff01-\uffee·×÷±°—‘’“”…℃Ⅰ-Ⅻ①-⑩\t\n\f\r\x20-\x7e]*$/u;
const HAN = /\p{Script=Han}/u;
/** Three bytes in UTF-8; the four of rarer ones are two characters of GB 2312 now and then. */
const USUAL_HAN = /[\u3400-\u9fff]/;
const FIRST_LEVEL = /^(?:[\xb0-\xd7][\xa1-\xfe]|[^A-Za-z\x80-\xff])*$/;

/** Bytes above ASCII whose declaration is missing or wrong: strict UTF-8, then GB18030, and what is Latin-1 as such. */
export function guessText(bytes: Uint8Array): string {
  const utf8 = undeclaredUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const gb18030 = decodeStrictly('gb18030', bytes);
  return gb18030 === undefined || (isLatin1(bytes) && !isChinese(bytes, gb18030)) ? decodeAs('latin1', bytes) : gb18030;
}

/** What text that is declared Latin-1 is instead, which Chinese devices declare by habit; undefined when it is Latin-1. */
export function notLatin1(bytes: Uint8Array): string | undefined {
  const utf8 = undeclaredUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const gb18030 = decodeStrictly('gb18030', bytes);
  return gb18030 !== undefined && isChinese(bytes, gb18030) ? gb18030 : undefined;
}

/**
 * UTF-8 that is declared GB18030. Text in GB18030 is valid UTF-8 with usual Chinese in it only where three characters in a
 * row begin with a rare one of the second level, E4A1 to E9BF: 29 in a million of all triples of GB 2312, and no name of two.
 */
export function notGb18030(bytes: Uint8Array): string | undefined {
  const utf8 = decodeStrictly('utf-8', bytes);
  return utf8 !== undefined && USUAL_HAN.test(utf8) && CHINESE.test(utf8) ? utf8 : undefined;
}

/**
 * 谢谭 in GB18030 is valid UTF-8 as well, of letters. Away from other letters, only first-level characters are Chinese: of
 * all names of two of them one in thirty is like that.
 */
function undeclaredUtf8(bytes: Uint8Array): string | undefined {
  const utf8 = decodeStrictly('utf-8', bytes);
  if (utf8 === undefined || USUAL_HAN.test(utf8)) return utf8;
  return FIRST_LEVEL.test(latinOf(bytes)) ? undefined : utf8;
}

/**
 * Latin-1 decodes as GB18030 too, into characters beside letters: M黮ler. Chinese has three high bytes in a row, or high
 * bytes in pairs away from letters, or one of 80 to 9F, which are nothing in Latin-1.
 */
function isChinese(bytes: Uint8Array, gb18030: string): boolean {
  if (!HAN.test(gb18030) || !CHINESE.test(gb18030)) return false;
  const latin = latinOf(bytes);
  if (/[\x80-\x9f]|[\x80-\xff]{3}/.test(latin)) return true;
  return (
    !/[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]/.test(latin) && !/(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])/.test(latin)
  );
}

const latinOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
const isLatin1 = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80 || byte >= 0xa0);
