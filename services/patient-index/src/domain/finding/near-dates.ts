import { isDate } from '../identity/birth-date.js';

/**
 * Days outside its month that a birth date may have been meant for that was written down wrongly: day and month swapped; another month, or a
 * year that differs in one digit, of the same day. About thirty, YYYYMMDD.
 */
export function nearDates(date: string): number[] {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const months = Array.from({ length: 12 }, (_, n) => `${year}${String(n + 1).padStart(2, '0')}${day}`);
  const years = [...'0123456789'].flatMap((digit) => [
    `${year.slice(0, 2)}${digit}${year.slice(3)}${month}${day}`,
    `${year.slice(0, 3)}${digit}${month}${day}`,
  ]);
  const days = [...months, ...years, `${year}${day}${month}`];
  return [...new Set(days)].filter((one) => isDate(one) && one.slice(0, 6) !== date.slice(0, 6)).map(Number);
}
