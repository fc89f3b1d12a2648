import { plainNumber } from '@yinglian/names';
import { isDate } from './birth-date.js';
import { isPlaceholderResidentId } from './placeholder-numbers.js';

/** A resident id number, or a number of the same construction, in its 18-character form. */
export interface ResidentId {
  readonly number: string;
  /** YYYYMMDD, as the number says. */
  readonly birthDate: string;
}

/** `none`: not built like a resident id at all. Otherwise the number, of 18 characters, and what is right or wrong with it. */
export type ResidentIdVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'right' | 'placeholder' | 'wrong-check' | 'impossible-date'; readonly number: string };

// GB 11643-1999; ISO 7064 MOD 11-2.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
// First two digits of GB/T 2260. The old form has no check digit, so at least these must be right; no other part of an
// address code is judged, for many codes were abolished after they were issued.
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;

/**
 * Judges a resident id (GB 11643-1999, or its 15 digits of 1989, lifted to 18), a residence permit of Hong Kong, Macao or
 * Taiwan (81, 82, 83), or a permanent residence card of 2023 (9; the immigration administration's rules of that year): one
 * construction. `today` is YYYYMMDD.
 */
export function judgeResidentId(text: string, today: string): ResidentIdVerdict {
  const compact = plainNumber(text);
  const number = compact.length === 15 ? lifted(compact) : compact;
  if (!/^\d{17}[\dX]$/.test(number)) return { kind: 'none' };
  if (isPlaceholderResidentId(number)) return { kind: 'placeholder', number };
  if (number.startsWith('0')) return { kind: 'none' };
  if (checkOf(number) !== number[17]) return { kind: 'wrong-check', number };
  const birthDate = birthDateIn(number);
  return { kind: isDate(birthDate) && birthDate <= today ? 'right' : 'impossible-date', number };
}

/** The number, when nothing is wrong with it. */
export function readResidentId(text: string, today: string): ResidentId | null {
  const verdict = judgeResidentId(text, today);
  return verdict.kind === 'right' ? { number: verdict.number, birthDate: birthDateIn(verdict.number) } : null;
}

/** Of 18 characters, begun like a resident id, with a day in its place: the check character then tells of a slip. */
export const isLikeResidentId = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && (PROVINCES.test(number) || /^(83|9)/.test(number)) && isDate(birthDateIn(number));

/** YYYYMMDD, whether it was a day or not. */
export const birthDateIn = (number: string): string => number.slice(6, 14);

/** The order within a day (places 15 to 17) is odd for men and even for women. */
export const sexIn = (number: string): 'M' | 'F' => (Number(number[16]) % 2 === 1 ? 'M' : 'F');

/** 110105********002X: enough to recognise a number that one knows. */
export const maskResidentId = (number: string): string => `${number.slice(0, 6)}********${number.slice(14)}`;

/** 15 digits were given out until 1999, so the century is 19, but for those who were over a hundred. */
function lifted(fifteen: string): string {
  if (!/^\d{15}$/.test(fifteen) || !PROVINCES.test(fifteen)) return '';
  const seventeen = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  return seventeen + checkOf(seventeen);
}

function checkOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
  return CHECKS[sum % 11] ?? '';
}
