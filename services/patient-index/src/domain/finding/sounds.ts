import { foldU, readingsOf, syllablesIn } from '@yinglian/names';

const MOST_READINGS = 16;
const MOST_LETTERS = 64;

/** How a name in characters may be read, the likeliest first, each as a number that its letters have too. */
export function soundsOfHan(name: string): number[] {
  const characters = [...name].filter((character) => !'·?'.includes(character));
  const spelled = characters.reduce<string[]>(
    (all, character) =>
      all.flatMap((before) => readingsOf(character).map((one) => before + one)).slice(0, MOST_READINGS),
    [''],
  );
  return [...new Set(spelled.filter((letters) => letters !== '').map(soundOfLetters))];
}

/** The same for LI^NA, LINA and NA^LI: letters are read in a circle, from wherever they come first in the alphabet. */
export function soundOfLetters(letters: string): number {
  const folded = foldU(letters).slice(0, MOST_LETTERS);
  const turned = [...folded].map((_, start) => folded.slice(start) + folded.slice(0, start)).sort();
  return hashOf(turned[0] ?? '');
}

/** The likeliest reading of the first character. 0: not known. */
export function surnameOfHan(name: string): number {
  const reading = readingsOf([...name][0] ?? '')[0];
  return reading === undefined ? 0 : hashOf(foldU(reading));
}

/** The first part's first syllable, or the part if it is none of Chinese. */
export function surnameOfParts([first = '']: readonly string[]): number {
  return first === '' ? 0 : hashOf(foldU(syllablesIn(first)[0]?.[0] ?? first));
}

/** 1 to 2^31 - 1 (FNV-1a). Two texts of one number only make a candidate more, never a link. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 1 || 1;
}
