import type { NameComponents } from '../person-name.js';
import { isSpelled } from './compare-chinese-names.js';
import type { ComparedRecord } from './compared-record.js';
import type { Comparison, Level } from './comparison.js';
import { jaroWinkler } from './text-distance.js';

const GIVEN = ['same', 'alike', 'similar', 'unlike'];
const FAMILY = ['same', 'swapped', 'alike', 'similar', 'unlike'];
const ALIKE = 0.9;
const SIMILAR = 0.75;

/** Names in letters on both sides, family and given name apart. `swapped`: the family name of one is the given name of the other. */
export const familyName = comparisonOf('familyName', 'family', FAMILY);
export const givenName = comparisonOf('givenName', 'given', GIVEN);

function comparisonOf(field: string, part: keyof NameComponents, levels: readonly string[]): Comparison {
  return {
    field,
    levels,
    compare: ({ name: a }, { name: b }) => {
      if (a.han.length > 0 || b.han.length > 0 || isSpelled(a, b)) return null;
      const pair = likestOf(a.components, b.components);
      return pair === null ? null : compareParts(part, ...pair);
    },
  };
}

function compareParts(part: keyof NameComponents, a: NameComponents, b: NameComponents): Level | null {
  const [one, other] = [a[part], b[part]];
  if (one !== '' && one === other) return { level: 'same', terms: [one] };
  // One finding, told once.
  if (areSwapped(a, b)) return part === 'family' ? { level: 'swapped' } : null;
  if (one === '' || other === '') return null;
  const similarity = jaroWinkler(one, other);
  if (similarity >= ALIKE) return { level: 'alike' };
  return { level: similarity >= SIMILAR ? 'similar' : 'unlike' };
}

/** Each part that can be compared with the other's other part is alike, one of them equal. */
function areSwapped(a: NameComponents, b: NameComponents): boolean {
  if (a.family === b.family || a.given === b.given) return false;
  const crossed = [
    [a.family, b.given],
    [a.given, b.family],
  ].filter((pair) => pair.every((part) => part !== ''));
  return (
    crossed.some(([one, other]) => one === other) &&
    crossed.every(([one = '', other = '']) => jaroWinkler(one, other) >= ALIKE)
  );
}

const MOST_SPELLINGS = 2;

/** Of several spellings the two that are most alike, the same two from either side. */
function likestOf(
  as: ComparedRecord['name']['components'],
  bs: ComparedRecord['name']['components'],
): [NameComponents, NameComponents] | null {
  const pairs = as
    .slice(0, MOST_SPELLINGS)
    .flatMap((a) => bs.slice(0, MOST_SPELLINGS).map((b): [NameComponents, NameComponents] => [a, b]));
  if (pairs.length <= 1) return pairs[0] ?? null;
  const likeness = ([a, b]: [NameComponents, NameComponents]) =>
    jaroWinkler(a.family, b.family) + jaroWinkler(a.given, b.given);
  const spelling = (pair: [NameComponents, NameComponents]) =>
    pair
      .map(({ family, given }) => `${family}^${given}`)
      .sort()
      .join();
  const isLiker = (pair: [NameComponents, NameComponents], than: [NameComponents, NameComponents]) =>
    likeness(pair) > likeness(than) || (likeness(pair) === likeness(than) && spelling(pair) < spelling(than));
  return pairs.reduce((best, pair) => (isLiker(pair, best) ? pair : best));
}
