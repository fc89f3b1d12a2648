/** The province as it was on the last day of this year; nobody is born later. */
export const THIS_YEAR = 2025;

/** YYYYMMDD. Days of a year stay apart: leap years have one more, so theirs begin at another one each. @param dayOfYear 0 to 364 */
export function birthDateOf(year: number, dayOfYear: number): string {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const ends = isLeap ? LEAP_ENDS : ENDS;
  const day = isLeap ? (dayOfYear + year) % 366 : dayOfYear;
  const month = ends.findIndex((end) => day < end);
  const dayOfMonth = day - (ends[month - 1] ?? 0) + 1;
  return String(year * 10_000 + (month + 1) * 100 + dayOfMonth);
}

/** How many days have gone when each month ends. */
const ENDS = [31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const LEAP_ENDS = ENDS.map((end, month) => (month === 0 ? end : end + 1));

export const yearOf = (birthDate: string): number => Number(birthDate.slice(0, 4));
