import { foldVariants } from './han-variants.js';
import { hanIn, latinIn, unify } from './name-text.js';
import { readingsOf } from './pinyin-readings.js';
import { syllablesIn } from './pinyin-syllables.js';
import { foldU, turns } from './pinyin-turns.js';

/** Spellings of one name: Chinese ones as characters, those in letters as lower-case parts in the order written. */
export interface SpelledName {
  readonly han: readonly string[];
  readonly latin: readonly (readonly string[])[];
}

const GRAM = 4;
const SPELLINGS = 16;
const ALL_PARTS_UP_TO = 4;

/**
 * What a name is found by: its characters in any run, its pinyin in runs of syllables and either order, its initials. Keys are exact words of
 * an inverted index, so nothing that is typed is ever a pattern.
 */
export function nameKeys({ han, latin }: SpelledName): string[] {
  const words = [
    ...han.flatMap((name) => [...hanGrams(name), ...spokenKeys(pinyinOf(name))]),
    ...latin.flatMap((parts) => [...spokenKeys([parts]), ...spokenKeys(syllabled(parts))]),
  ];
  return [...new Set(words)];
}

/** A typed name as keys: all of `every`, and one of `any` unless that is empty. */
export interface TypedName {
  readonly every: readonly string[];
  readonly any: readonly string[];
}

/** Null when nothing can be searched by it. */
export function typedNameKeys(typed: string): TypedName | null {
  const text = unify(typed);
  const name = foldVariants(hanIn(text).replace(/[·?]/g, ''));
  const letters = latinIn(text).join('');
  if (name === '' && letters === '') return null;
  return {
    every: name === '' ? [] : gramsOf([...name], Math.min(GRAM, [...name].length)).map((gram) => `h:${gram}`),
    any: letters === '' ? [] : [...new Set([`p:${letters}`, `p:${foldU(letters)}`, `i:${letters}`])],
  };
}

function hanGrams(name: string): string[] {
  const runs = foldVariants(name).replaceAll('·', '').split('?');
  return runs.flatMap((run) => [1, 2, 3, GRAM].flatMap((n) => gramsOf([...run], n))).map((gram) => `h:${gram}`);
}

const gramsOf = (characters: readonly string[], n: number): string[] =>
  characters.slice(n - 1).map((_, start) => characters.slice(start, start + n).join(''));

/** Spellings of a Chinese name in syllables: all combinations of readings, up to a bound. */
function pinyinOf(name: string): string[][] {
  const characters = [...name].filter((character) => !'·?'.includes(character));
  return characters.reduce<string[][]>(
    (spelled, character) =>
      spelled.flatMap((before) => readingsOf(character).map((one) => [...before, one])).slice(0, SPELLINGS),
    [[]],
  );
}

/** Letters without spaces between syllables, cut into them in each possible way. */
const syllabled = (parts: readonly string[]): string[][] =>
  parts
    .map((part) => [...syllablesIn(part), [part]].slice(0, 3))
    .reduce<string[][]>(
      (all, ways) => all.flatMap((one) => ways.map((way) => [...one, ...way])).slice(0, SPELLINGS),
      [[]],
    );

function spokenKeys(spellings: readonly (readonly string[])[]): string[] {
  return spellings.flatMap((units) => {
    if (units.length === 0) return [];
    const runs =
      units.length <= ALL_PARTS_UP_TO
        ? units.flatMap((_, start) => units.slice(start).map((__, n) => units.slice(start, start + n + 1)))
        : units.map((_, n) => units.slice(0, n + 1));
    const orders = turns(units).slice(0, 3);
    const spoken = [...runs, ...orders].map((run) => run.join(''));
    const initials = units.map((unit) => unit.charAt(0)).join('');
    return [...spoken.flatMap((one) => [`p:${one}`, `p:${foldU(one)}`]), `i:${initials}`];
  });
}
