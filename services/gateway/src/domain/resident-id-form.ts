const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** As it is compared: half width, without spaces, capital X. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** As long as a resident id is (GB 11643: 18 characters, 15 before 1999). Whether it is right, the patient index finds out. */
export const isLikeResidentId = (text: string): boolean => /^(\d{15}|\d{17}[\dX])$/.test(plain(text));

/** Of 18 characters, with a month and a day in their places and the right check character (GB 11643-1999, ISO 7064 MOD 11-2). */
export function isSurelyResidentId(text: string): boolean {
  const characters = plain(text);
  if (!/^\d{6}(18|19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(characters)) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(characters[place]), 0);
  return characters[17] === CHECKS[sum % 11];
}
