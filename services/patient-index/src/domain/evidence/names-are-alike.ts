import type { PersonName } from '../person-name.js';
import { hanName, spelledName } from './compare-chinese-names.js';
import { givenName } from './compare-western-names.js';
import type { ComparedRecord } from './compared-record.js';

const UNLIKE = new Set(['surname', 'unlike']);

/** Whether one may have been written for the other: more than a surname is of one look or sound. True where there is nothing to compare. */
export function namesAreAlike(a: PersonName, b: PersonName): boolean {
  const levels = [hanName, spelledName, givenName].flatMap(({ compare }) => compare(named(a), named(b))?.level ?? []);
  return levels.length === 0 || levels.some((level) => !UNLIKE.has(level));
}

const named = (name: PersonName): ComparedRecord => ({
  name,
  birthDate: null,
  sex: '',
  ids: [],
  phones: [],
  address: null,
});
