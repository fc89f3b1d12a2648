import type { EventData, PatientObservedV1 } from '@yinglian/contracts';
import { hanIn, latinIn, unify } from '@yinglian/names';
import { nobodyIn } from './identity/names-of-nobody.js';
import { readNewbornName } from './identity/newborn-name.js';

export type ObservedName = EventData<typeof PatientObservedV1>['name'];

/** A name sorted by script, since devices put Chinese and pinyin into any component group, or both into one. */
export interface PersonName {
  /** Chinese spellings: characters, `·` between parts, `?` for a character that was lost on the way. */
  readonly han: readonly string[];
  /** Spellings in other scripts, as lower-case parts in the order written; ü is v. */
  readonly latin: readonly (readonly string[])[];
  /** Family and given name of spellings in other scripts, where the device kept them apart (PS3.5 6.2.1.1). */
  readonly components: readonly NameComponents[];
  /** Each spelling as people should see it, Chinese first. */
  readonly shown: readonly string[];
  /** "Somebody's son": says who the mother is, not who the child is. */
  readonly newborn: boolean;
}

/** In lower-case letters only, a part that is not stated empty: `van der Berg^Jan` is `vanderberg` and `jan`. */
export interface NameComponents {
  readonly family: string;
  readonly given: string;
}

/** Reads a name as a device wrote it. Noise and placeholder names are left out. */
export function readName(observed: Omit<ObservedName, 'charsetGuessed'>): PersonName {
  const texts = groupsOf(observed).map(unify);
  const names = texts.map((text) => ({ han: hanIn(text), latin: latinIn(text), text }));
  const meaningful = names.filter(({ han, latin }) => nobodyIn(han, latin) === null);
  const inOrder = [...meaningful.filter(({ han }) => han !== ''), ...meaningful.filter(({ han }) => han === '')];
  return {
    han: distinct(meaningful.map(({ han }) => han)),
    latin: meaningful.map(({ latin }) => latin).filter((parts) => parts.length > 0),
    components: meaningful.flatMap(({ han, text }) => (han === '' ? componentsOf(text) : [])),
    shown: distinct(inOrder.map(({ text }) => showable(text))),
    newborn: texts.some((text) => readNewbornName(text)?.certain === true),
  };
}

/** What was written, Chinese first. */
export const groupsOf = ({ ideographic, alphabetic, phonetic }: Omit<ObservedName, 'charsetGuessed'>): string[] =>
  [ideographic, alphabetic, phonetic].flatMap((group) => group ?? []);

function componentsOf(text: string): NameComponents[] {
  if (!text.includes('^')) return [];
  const [family = '', ...others] = text.split('^');
  // Given and middle names; prefix and suffix are left out, for they come and go.
  const parts = { family: latinIn(family).join(''), given: latinIn(others.slice(0, 2).join(' ')).join('') };
  return parts.family === '' && parts.given === '' ? [] : [parts];
}

function showable(text: string): string {
  const spaced = /\p{Script=Han}/u.test(text) ? text.replaceAll('^', '') : text.replaceAll('^', ' ');
  return spaced.replace(/\s+/g, ' ').trim();
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].filter((text) => text !== '');
