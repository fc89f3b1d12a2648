const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Powers of 3 modulo 31, one for each of the first 17 places (GB 32100-2015 section 5.2). */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The check character that the first 17 characters of a unified social credit code ask for; null if they are not such. */
export function checkCharacterOf(code: string): string | null {
  const values = [...code.slice(0, 17)].map((character) => CHARACTERS.indexOf(character));
  if (values.length < 17 || values.includes(-1)) return null;
  const sum = values.reduce((total, value, place) => total + value * (WEIGHTS[place] ?? 0), 0);
  return CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/** Whether the 18th character is the one that the others ask for. */
export const isCreditCode = (code: string) =>
  code.length === 18 && checkCharacterOf(code) !== null && checkCharacterOf(code) === code.charAt(17);
