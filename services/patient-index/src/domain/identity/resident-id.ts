/** A resident id number, or a number of the same construction, in its 18-character form. */
export interface ResidentId {
  readonly number: string;
  /** YYYYMMDD, as the number says. */
  readonly birthDate: string;
}

// GB 11643-1999; ISO 7064 MOD 11-2.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const OLDEST_YEAR = 1850;
// First two digits of GB/T 2260. The old form has no check digit, so at least these must be right; no other part of an
// address code is judged, for many codes were abolished after they were issued.
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;
const ONE_DIGIT_ONLY = /^(\d)\1+X?$/;

/**
 * Reads a resident id (GB 11643-1999, or its 15 digits of 1989, lifted to 18), a residence permit of Hong Kong, Macao or
 * Taiwan, or a permanent residence card of 2023: one construction. Null for anything else. `today` is YYYYMMDD.
 */
export function readResidentId(text: string, today: string): ResidentId | null {
  const compact = text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}-]/gu, '')
    .toUpperCase();
  if (ONE_DIGIT_ONLY.test(compact)) return null;
  const number = compact.length === 15 ? lifted(compact) : compact;
  if (!/^[1-9]\d{16}[\dX]$/.test(number) || checkOf(number) !== number[17]) return null;
  const birthDate = number.slice(6, 14);
  return isDate(birthDate) && birthDate <= today ? { number, birthDate } : null;
}

/** 110105********002X: enough to recognise a number that one knows. */
export const maskResidentId = (number: string): string => `${number.slice(0, 6)}********${number.slice(14)}`;

/** Whether the text is a day that was, YYYYMMDD. */
export function isDate(text: string): boolean {
  if (!/^\d{8}$/.test(text) || Number(text.slice(0, 4)) < OLDEST_YEAR) return false;
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

function lifted(fifteen: string): string {
  if (!/^\d{15}$/.test(fifteen) || !PROVINCES.test(fifteen)) return '';
  const seventeen = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  return seventeen + checkOf(seventeen);
}

function checkOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number[place]), 0);
  return CHECKS[sum % 11] ?? '';
}
