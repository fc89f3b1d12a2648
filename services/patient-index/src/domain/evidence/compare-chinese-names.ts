import { foldU, foldVariants, readingsOf, turns } from '@yinglian/names';
import { isPinyinOf, sameHan, sameLatin } from '../name-agreement.js';
import type { ComparedRecord } from './compared-record.js';
import { bestOf, type Comparison, type Level } from './comparison.js';
import { charactersOf, isOneSlip } from './text-distance.js';

type Name = ComparedRecord['name'];

const HAN = ['same', 'lost', 'homophone', 'nearly', 'surname', 'unlike'];
// A name in more parts is compared as it was written, and turned so often.
const MOST_TURNS = 4;
const LETTERS = ['same', 'nearly', 'unlike'];

/**
 * Both in characters. `same`: variants folded; `lost`: as far as characters arrived; `homophone`: other characters of one sound;
 * `nearly`: one character of three or more is another, or one is missing; `surname`: nothing but its first character.
 */
export const hanName: Comparison = {
  field: 'hanName',
  levels: HAN,
  compare: (a, b) => bestOf(HAN, a.name.han, b.name.han, compareHan),
};

/** One in letters, the other in characters or in letters without a family name apart: whether one spells the other. */
export const spelledName: Comparison = {
  field: 'spelledName',
  levels: LETTERS,
  compare: ({ name: a }, { name: b }) => {
    if (!isSpelled(a, b)) return null;
    const found = [
      bestOf(LETTERS, a.latin, b.latin, compareLetters),
      bestOf(LETTERS, a.han, b.latin, compareSound),
      bestOf(LETTERS, b.han, a.latin, compareSound),
    ].flatMap((level) => level ?? []);
    return bestOf(LETTERS, found, [null], (level) => level);
  },
};

/** Whether letters as a whole are compared, rather than characters or family and given name. */
export function isSpelled(a: Name, b: Name): boolean {
  if (a.han.length > 0 && b.han.length > 0) return false;
  const [one] = a.components;
  const [other] = b.components;
  if (a.han.length + b.han.length > 0 || one === undefined || other === undefined) return true;
  // LINA^ and LI^NA.
  const whole = [one, other].every(({ family, given }) => family !== '' && given !== '');
  return !whole && a.latin.some((x) => b.latin.some((y) => sameLatin(x, y)));
}

/** A name in characters as its term is counted. */
export const hanTerm = (name: string): string => foldVariants(charactersOf(name).join('')).replaceAll('·', '');

/** A name's sound as its term is counted: the likeliest reading of characters. */
export const soundOf = (name: string): string =>
  foldU(
    charactersOf(hanTerm(name))
      .map((character) => readingsOf(character)[0] ?? '')
      .join(''),
  );

export const lettersTerm = (parts: readonly string[]): string => foldU(charactersOf(parts.join('')).join(''));

function compareHan(a: string, b: string): Level {
  const [one, other] = [hanTerm(a), hanTerm(b)];
  const [x, y] = [charactersOf(one), charactersOf(other)];
  if (one === other) return one.includes('?') ? { level: 'lost' } : { level: 'same', terms: [one] };
  if (sameHan(charactersOf(a).join(''), charactersOf(b).join(''))) return { level: 'lost' };
  if (x.length === y.length && x.every((character, i) => soundAlike(character, y[i]))) return { level: 'homophone' };
  if (Math.max(x.length, y.length) > 2 && isOneSlip(x, y)) return { level: 'nearly' };
  return { level: x[0] === y[0] && x[0] !== '?' ? 'surname' : 'unlike' };
}

const soundAlike = (a: string, b = ''): boolean =>
  a === b || readingsOf(a).some((reading) => readingsOf(b).includes(reading));

function compareSound(han: string, letters: readonly string[]): Level {
  const term = lettersTerm(letters);
  if (isPinyinOf(charactersOf(han).join(''), letters)) return { level: 'same', terms: [term] };
  return { level: isOneSlip(charactersOf(soundOf(han)), charactersOf(term)) ? 'nearly' : 'unlike' };
}

function compareLetters(a: readonly string[], b: readonly string[]): Level {
  const [one, other] = [lettersTerm(a), lettersTerm(b)];
  if (sameLatin(a, b)) return { level: 'same', terms: [one, other] };
  return { level: isTurnedSlip(a, other) || isTurnedSlip(b, one) ? 'nearly' : 'unlike' };
}

const isTurnedSlip = (parts: readonly string[], other: string): boolean =>
  turns(parts)
    .slice(0, MOST_TURNS)
    .some((turned) => isOneSlip(charactersOf(lettersTerm(turned)), charactersOf(other)));
