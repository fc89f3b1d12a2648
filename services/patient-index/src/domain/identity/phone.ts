import { plain } from '@yinglian/names';

export interface ReadPhones {
  /** Digits only, each once. */
  readonly phones: readonly string[];
  /** Among those stated was one that is nobody's. */
  readonly placeholder: boolean;
}

const SHORTEST = 7;
/** ITU-T E.164 */
const LONGEST = 15;
const BETWEEN_NUMBERS = /[/,;、，；|]|\s{2,}/;
const EXTENSION = /(转|分机|EXT|X|#|\*).*$/;
const WORLD_OF_CHINA = /^(\+86|0086|86(?=1[3-9]\d{9}$))/;
/** 013812345678: dialled from another city. */
const TRUNK_BEFORE_MOBILE = /^0(?=1[3-9]\d{9}$)/;
const SEQUENCES = ['0123456789', '9876543210'];

/** Telephone numbers as they are compared. The prefix of China is left out, for it is seldom written. */
export function readPhones(stated: readonly string[]): ReadPhones {
  const numbers = stated.flatMap((text) => plain(text).split(BETWEEN_NUMBERS)).map(digitsOf);
  const built = numbers.filter(({ length }) => length >= SHORTEST && length <= LONGEST);
  const phones = [...new Set(built.filter((number) => !isPlaceholder(number)))];
  return { phones, placeholder: built.some(isPlaceholder) };
}

function digitsOf(text: string): string {
  const dialled = text.replace(EXTENSION, '').replace(/[^\d+]/g, '');
  return dialled.replace(WORLD_OF_CHINA, '').replace(/\D/g, '').replace(TRUNK_BEFORE_MOBILE, '');
}

/** 13800138000 is where subscribers top up their accounts, and what everybody knows by heart. */
const isPlaceholder = (number: string): boolean =>
  number === '13800138000' ||
  /(\d)\1{6}$/.test(number) ||
  SEQUENCES.some((digits) => `${digits}${digits}`.includes(number.slice(-8)));
