import { foldU, foldVariants, readingsOf, turns } from '@yinglian/names';
import type { PersonName } from './person-name.js';

/** Unknown where one side does not say. */
export type Agreement = 'agree' | 'differ' | 'unknown';

// Where old hospital systems cut long names off.
const CUT_AT = [10, 20];
// Letters of a syllable.
const ANY_SYLLABLE = [1, 2, 3, 4, 5, 6];

/** Whether two names can be one person's. Chinese decides where both have it: homophones are different names. */
export function namesAgree(a: PersonName, b: PersonName): Agreement {
  if (a.han.length > 0 && b.han.length > 0) return some(a.han, b.han, sameHan);
  const spellings = a.latin.length + b.latin.length;
  if (spellings === 0 || a.han.length + a.latin.length === 0 || b.han.length + b.latin.length === 0) return 'unknown';
  const verdicts = [
    some(a.latin, b.latin, sameLatin),
    some(a.han, b.latin, isPinyinOf),
    some(b.han, a.latin, isPinyinOf),
  ];
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
export function sameHan(a: string, b: string): boolean {
  const [left, right] = [foldVariants(a), foldVariants(b)];
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (CUT_AT.includes([...short].length) && long.startsWith(short)) return true;
  return matches([...left.replaceAll('·', '')], [...right.replaceAll('·', '')]);
}

function matches(a: readonly string[], b: readonly string[]): boolean {
  if (!a.some((character) => character !== '?' && b.includes(character))) return false;
  let ends = new Set([0]);
  const known: Set<number>[] = [ends];
  for (const [i, x] of a.entries()) {
    const next = new Set<number>();
    for (const j of ends) if (j < b.length && (x === '?' || b[j] === '?' || x === b[j])) next.add(j + 1);
    // Two signs for the two bytes of one character, on either side.
    if (x === '?' && a[i - 1] === '?') for (const j of known[i - 1] ?? []) if (j < b.length) next.add(j + 1);
    for (const j of ends) if (b[j] === '?' && b[j + 1] === '?') next.add(j + 2);
    known.push(next);
    ends = next;
  }
  return ends.has(b.length);
}

/** LI^NA, LINA, Li Na, NA^LI. */
export function sameLatin(a: readonly string[], b: readonly string[]): boolean {
  const spelled = new Set(turns(a).map((parts) => foldU(parts.join(''))));
  return turns(b).some((parts) => spelled.has(foldU(parts.join(''))));
}

export function isPinyinOf(han: string, latin: readonly string[]): boolean {
  const letters = latin.join('');
  return turns([...han].filter((character) => character !== '·')).some((characters) => reads(characters, letters));
}

function reads(characters: readonly string[], letters: string): boolean {
  let ends = new Set([0]);
  for (const character of characters) {
    ends = new Set([...ends].flatMap((start) => endsOf(character, letters, start)));
  }
  return ends.has(letters.length);
}

/** Where in the letters the character's readings end that begin at `start`. */
function endsOf(character: string, letters: string, start: number): number[] {
  if (character === '?') return ANY_SYLLABLE.map((length) => start + length).filter((end) => end <= letters.length);
  return readingsOf(character).flatMap((one) => (letters.startsWith(one, start) ? start + one.length : []));
}
