import type { Address } from '@yinglian/names';
import { type Comparison, type Level, MOST_CHARACTERS } from './comparison.js';
import { charactersOf, isOneSlip, jaroWinkler } from './text-distance.js';

type Part = Exclude<keyof Address, 'text'>;

const NUMBER = ['same', 'slip', 'unlike'];
const WORDS = ['same', 'alike', 'similar', 'unlike'];
const WHOLE = ['same', 'alike', 'unlike'];
const PARTS: readonly Part[] = ['streetNumber', 'street', 'district', 'city', 'state', 'postalCode'];
const ALIKE = 0.9;
const SIMILAR = 0.75;
/** Of the pairs of neighbouring characters of both, this share in common. */
const IN_COMMON = 0.7;

export const streetNumber = partOf('streetNumber', NUMBER, compareNumber);
export const street = partOf('street', WORDS, compareWords);
export const district = partOf('district', WORDS, compareWords);
export const city = partOf('city', WORDS, compareWords);
export const postalCode = partOf('postalCode', NUMBER, compareNumber);
export const state = partOf('state', NUMBER, compareNumber);

/** An address that was not read into parts, as most Chinese ones: by its pairs of characters. */
export const addressText: Comparison = {
  field: 'addressText',
  levels: WHOLE,
  compare: ({ address: a }, { address: b }) => {
    if (a === null || b === null || a.text === '' || b.text === '' || havePartsInCommon(a, b)) return null;
    if (a.text === b.text) return { level: 'same', terms: [charactersOf(a.text).join('')] };
    return { level: inCommon(pairsOf(a.text), pairsOf(b.text)) >= IN_COMMON ? 'alike' : 'unlike' };
  },
};

function partOf(field: Part, levels: readonly string[], compare: (a: string, b: string) => string): Comparison {
  return {
    field,
    levels,
    compare: ({ address: a }, { address: b }): Level | null => {
      const [one, other] = [a?.[field] ?? '', b?.[field] ?? ''];
      if (one === '' || other === '') return null;
      return one === other ? { level: 'same', terms: [charactersOf(one).join('')] } : { level: compare(one, other) };
    },
  };
}

function compareNumber(a: string, b: string): string {
  return isOneSlip(charactersOf(a), charactersOf(b)) ? 'slip' : 'unlike';
}

function compareWords(a: string, b: string): string {
  const similarity = jaroWinkler(a, b);
  if (similarity >= ALIKE) return 'alike';
  return similarity >= SIMILAR ? 'similar' : 'unlike';
}

const havePartsInCommon = (a: Address, b: Address): boolean => PARTS.some((part) => a[part] !== '' && b[part] !== '');

function pairsOf(text: string): Set<string> {
  const characters = [...text.slice(0, 4 * MOST_CHARACTERS)];
  return new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`));
}

/** Of the smaller one: a hospital may leave the province out. */
function inCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  return smaller === 0 ? 0 : [...a].filter((pair) => b.has(pair)).length / smaller;
}
