import { foldVariants, nameKeys } from '@yinglian/names';
import type { PersonName } from '../person-name.js';
import { soundOfLetters, soundsOfHan, surnameOfHan, surnameOfParts } from './sounds.js';

/** One form of a name, as it is told apart from others. */
export type Spelling =
  | { readonly script: 'han'; readonly text: string }
  | { readonly script: 'letters'; readonly text: string; readonly parts: readonly string[] };

/** What a spelling is found by. */
export interface Findable {
  /** Those of search-keys.ts. */
  readonly keys: readonly string[];
  /** The likeliest reading; 0 when it has none. */
  readonly sound: number;
  readonly otherSounds: readonly number[];
  readonly surname: number;
}

export function spellingsOf({ han, latin }: Pick<PersonName, 'han' | 'latin'>): Spelling[] {
  const spellings: Spelling[] = [
    ...han.map((name) => ({ script: 'han' as const, text: foldVariants(name).replaceAll('·', '') })),
    ...latin.map((parts) => ({ script: 'letters' as const, text: parts.join(' '), parts })),
  ];
  return [...new Map(spellings.map((spelling) => [spelling.text, spelling])).values()];
}

export function findableBy(spelling: Spelling): Findable {
  if (spelling.script === 'letters') {
    const { parts } = spelling;
    return { ...heardAs(spelling), keys: nameKeys({ han: [], latin: [parts] }) };
  }
  return { ...heardAs(spelling), keys: nameKeys({ han: [spelling.text], latin: [] }) };
}

export function heardAs(spelling: Spelling): Omit<Findable, 'keys'> {
  if (spelling.script === 'letters') {
    const { parts } = spelling;
    return { sound: soundOfLetters(parts.join('')), otherSounds: [], surname: surnameOfParts(parts) };
  }
  const [sound = 0, ...otherSounds] = soundsOfHan(spelling.text);
  return { sound, otherSounds, surname: surnameOfHan(spelling.text) };
}
