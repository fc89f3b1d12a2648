// GB 11643-1999; ISO 7064 MOD 11-2.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** A resident id: address code (six digits), birth date (YYYYMMDD), order within that day, check character. */
export function residentNumber(address: string, birthDate: string, order: number): string {
  const seventeen = `${address}${birthDate}${String(order).padStart(3, '0')}`;
  return seventeen + checkOf(seventeen);
}

export const isResidentNumber = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && checkOf(number) === number.charAt(17);

/** As it was written until 1999: without century and check character. */
export const fifteenDigits = (number: string): string => number.slice(0, 6) + number.slice(8, 17);

/** The check character of the first 17 digits. */
function checkOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(number.charAt(place)), 0);
  return CHECKS.charAt(sum % 11);
}
