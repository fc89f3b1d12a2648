import { nameKeys, typedNameKeys } from './name-keys.js';
import { hanIn, latinIn, unify } from './name-text.js';
import { foldU } from './pinyin-turns.js';

/**
 * What a name is found by when it is spoken or begun, as words of a PostgreSQL tsvector: those of `nameKeys`. Groups are a
 * PN value's component groups, with Chinese and letters wherever a device has put them.
 */
export function nameWordsOf(groups: readonly string[]): string[] {
  const texts = groups.filter((group) => group !== '').map(unify);
  const han = [...new Set(texts.map(hanIn))].filter((name) => name !== '');
  const latin = texts.map(latinIn).filter((parts) => parts.length > 0);
  // Each part by itself, however many there are.
  const parts = latin.flat().flatMap((part) => [`p:${part}`, `p:${foldU(part)}`]);
  return [...new Set([...nameKeys({ han, latin }), ...parts])];
}

/**
 * The tsquery of a typed name: its characters in that order, and its letters in one of the ways in which they may be meant: as a whole,
 * or word by word, each of them the beginning of one of the name's. Null when nothing can be searched by it.
 */
export function nameWordsQuery(typed: string): string | null {
  const keys = typedNameKeys(typed);
  if (keys === null) return null;
  const words = latinIn(unify(typed)).map(foldU);
  const inLetters = [
    ...keys.any.map((key) => (key.startsWith('p:') ? begun(key) : quoted(key))),
    ...(words.length > 1 ? [`(${words.map((word) => begun(`p:${word}`)).join(' & ')})`] : []),
  ];
  const conditions = [...keys.every.map(quoted), ...(inLetters.length === 0 ? [] : [`(${inLetters.join(' | ')})`])];
  return conditions.join(' & ');
}

const quoted = (word: string) => `'${word.replace(/['\\]/g, '$&$&')}'`;
const begun = (word: string) => `${quoted(word)}:*`;
