import { plain, withoutSpaces } from './plain-text.js';

/** Where somebody lives, as far as it can be compared: folded to half width and lower case, without spaces. */
export interface Address {
  /** All that was stated, joined. */
  readonly text: string;
  readonly streetNumber: string;
  readonly street: string;
  readonly district: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

/** As a hospital states it (HL7 v2 XAD). */
export interface StatedAddress {
  readonly lines: readonly string[];
  readonly district: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
}

const LONGEST = 256;
const NOWHERE = /^(无|不详|未知|暂无|本地|本市|外地|null|none|unknown|n\/a|-|\.|0)+$/;
const CHINESE_NUMBER = /^(.*?[路街道巷弄里村庄镇乡区院])(\d+(?:-\d+)?)[号號]/u;
const WESTERN_NUMBER = /^(?:unit|flat|apt\.?|suite)?\s*#?((?:\d+[a-z]?\/)?\d+[a-z]?)[\s,]+(?=\p{L})/u;

/** The first that says where. Null when none does. */
export function readAddress(stated: readonly StatedAddress[]): Address | null {
  return stated.map(addressIn).find(({ text, postalCode }) => text !== '' || postalCode !== '') ?? null;
}

function addressIn({ lines, district, city, state, postalCode }: StatedAddress): Address {
  const places = [state, city, district].map(folded);
  const line = withoutPlaces(spaced(lines.map(spaced).filter(isSomewhere).join(' ')), places);
  // A Chinese address in one line is compared whole: where its parts end is not to be told without a list of all places.
  const parts = /\p{Script=Han}/u.test(line) && places.join('') === '' ? WHOLE : streetIn(line);
  const [inState = '', inCity = '', inDistrict = ''] = places;
  return {
    text: [...places, withoutSpaces(line)].join(''),
    ...parts,
    district: inDistrict,
    city: inCity,
    state: inState,
    postalCode: folded(postalCode).replace(/^0+$/, ''),
  };
}

const WHOLE = { streetNumber: '', street: '' };

function streetIn(line: string): { streetNumber: string; street: string } {
  const western = WESTERN_NUMBER.exec(line);
  if (western !== null) return { streetNumber: western[1] ?? '', street: withoutSpaces(line.slice(western[0].length)) };
  const [whole = '', street = '', streetNumber = ''] = CHINESE_NUMBER.exec(withoutSpaces(line)) ?? [];
  return whole === '' ? { streetNumber: '', street: withoutSpaces(line) } : { streetNumber, street };
}

/** Many systems write the whole address into the line, and its places beside it. */
function withoutPlaces(line: string, places: readonly string[]): string {
  const rest = places.flatMap((place) => (place === '' ? [] : (behind(place, line) ?? [])))[0];
  if (rest !== undefined) return withoutPlaces(rest, places);
  return isSomewhere(line) ? line : '';
}

/** What follows the place that the line begins with, whatever spaces are in it; null when it begins otherwise. */
function behind(place: string, line: string): string | null {
  let at = 0;
  for (const character of place) {
    while (line[at] === ' ') at += 1;
    if (!line.startsWith(character, at)) return null;
    at += character.length;
  }
  return line.slice(at).trimStart();
}

const isSomewhere = (text: string): boolean => text !== '' && !NOWHERE.test(text);
// One small sigma, wherever it stands in a word.
const spaced = (text: string): string => plain(text, LONGEST).toLowerCase().replaceAll('ς', 'σ');

function folded(text: string): string {
  const place = withoutSpaces(spaced(text));
  return isSomewhere(place) ? place : '';
}
