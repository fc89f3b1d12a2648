import { foldVariants } from './han-variants.js';
import type { PersonName } from './person-name.js';
import { readingsOf } from './pinyin-readings.js';

/** Unknown where one side does not say. */
export type Agreement = 'agree' | 'differ' | 'unknown';

// Where old hospital systems cut long names off.
const CUT_AT = [10, 20];

/** Whether two names can be one person's. Chinese decides where both have it: homophones are different names. */
export function namesAgree(a: PersonName, b: PersonName): Agreement {
  if (a.han.length > 0 && b.han.length > 0) return some(a.han, b.han, sameHan);
  const spellings = a.latin.length + b.latin.length;
  if (spellings === 0 || a.han.length + a.latin.length === 0 || b.han.length + b.latin.length === 0) return 'unknown';
  const verdicts = [some(a.latin, b.latin, sameLatin), some(a.han, b.latin, isPinyinOf), some(b.han, a.latin, isPinyinOf)];
  if (verdicts.includes('agree')) return 'agree';
  return verdicts.includes('differ') ? 'differ' : 'unknown';
}

export function valuesAgree(a: string | null, b: string | null): Agreement {
  if (a === null || b === null) return 'unknown';
  return a === b ? 'agree' : 'differ';
}

function some<A, B>(as: readonly A[], bs: readonly B[], same: (a: A, b: B) => boolean): Agreement {
  if (as.length === 0 || bs.length === 0) return 'unknown';
  return as.some((a) => bs.some((b) => same(a, b))) ? 'agree' : 'differ';
}

/** Same characters, variants folded; a lost one (`?`, or `??` for its two bytes) may be any; a cut-off name may go on. */
function sameHan(a: string, b: string): boolean {
  const [left, right] = [foldVariants(a), foldVariants(b)];
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (CUT_AT.includes([...short].length) && long.startsWith(short)) return true;
  return matches([...left.replaceAll('·', '')], [...right.replaceAll('·', '')], 0);
}

function matches(a: readonly string[], b: readonly string[], sure: number): boolean {
  const [x, ...restOfA] = a;
  const [y, ...restOfB] = b;
  if (x === undefined || y === undefined) return x === y && sure > 0;
  if (x === '?' || y === '?') {
    return (
      matches(restOfA, restOfB, sure) ||
      (x === '?' && restOfA[0] === '?' && matches(restOfA.slice(1), restOfB, sure)) ||
      (y === '?' && restOfB[0] === '?' && matches(restOfA, restOfB.slice(1), sure))
    );
  }
  return x === y && matches(restOfA, restOfB, sure + 1);
}

/** LI^NA, LINA, Li Na, NA^LI. */
function sameLatin(a: readonly string[], b: readonly string[]): boolean {
  const spelled = new Set(turns(a).map((parts) => foldU(parts.join(''))));
  return turns(b).some((parts) => spelled.has(foldU(parts.join(''))));
}

function isPinyinOf(han: string, latin: readonly string[]): boolean {
  const letters = latin.join('');
  return turns([...han].filter((character) => character !== '·')).some((characters) => reads(characters, letters));
}

function reads(characters: readonly string[], letters: string): boolean {
  const [character, ...rest] = characters;
  if (character === undefined) return letters === '';
  if (character === '?') return [1, 2, 3, 4, 5, 6].some((n) => n <= letters.length && reads(rest, letters.slice(n)));
  return readingsOf(character).some((one) => letters.startsWith(one) && reads(rest, letters.slice(one.length)));
}

/** LÜ as LV or LYU, alike. */
export const foldU = (letters: string): string => letters.replace(/([ln])yu/g, '$1v');

/** The parts as written, and begun at each other place: the surname may stand last. */
export const turns = <T>(parts: readonly T[]): T[][] =>
  parts.length === 0 ? [] : parts.map((_, start) => [...parts.slice(start), ...parts.slice(0, start)]);
