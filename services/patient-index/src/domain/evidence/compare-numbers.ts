import type { Identifier, Strength } from '../identity/identifier.js';
import { bestOf, type Comparison, type Level, MOST_VALUES } from './comparison.js';
import { charactersOf, isOneSlip } from './text-distance.js';

const LEVELS = ['same', 'slip', 'similar', 'unlike'];

// A resident id with a wrong check digit is compared with right ones: it is how one wrong digit shows.
const UNCHECKED = /_UNCHECKED$/;

export const strongNumber = numbersOf('strongNumber', 'strong');
export const mediumNumber = numbersOf('mediumNumber', 'medium');
/** Numbers of one office, among its own. */
export const localNumber = numbersOf('localNumber', 'weak');

export const phone: Comparison = {
  field: 'phone',
  levels: LEVELS,
  compare: (a, b) => bestOf(LEVELS, a.phones, b.phones, compareDigits),
};

/** Numbers of one strength, each compared with those of its own system only. */
function numbersOf(field: string, strength: Strength): Comparison {
  return {
    field,
    levels: LEVELS,
    compare: (a, b) => {
      const [ours, theirs] = [a.ids, b.ids].map((ids) =>
        ids.filter((id) => strengthOf(id) === strength).slice(0, MOST_VALUES),
      );
      const found = (ours ?? []).flatMap((id) => {
        const others = (theirs ?? []).filter(({ system }) => kindOf(system) === kindOf(id.system));
        return (
          bestOf(
            LEVELS,
            [id.value],
            others.map(({ value }) => value),
            compareDigits,
          ) ?? []
        );
      });
      return bestOf(LEVELS, found, [null], (level) => level);
    },
  };
}

const kindOf = (system: string): string => system.replace(UNCHECKED, '');

const strengthOf = ({ system, strength }: Identifier): Strength => (UNCHECKED.test(system) ? 'strong' : strength);

function compareDigits(a: string, b: string): Level {
  const [one, other] = [charactersOf(a), charactersOf(b)];
  if (a === b) return { level: 'same', terms: [one.join('')] };
  if (isOneSlip(one, other)) return { level: 'slip' };
  return { level: differences(one, other) === 2 ? 'similar' : 'unlike' };
}

const differences = (a: readonly string[], b: readonly string[]): number =>
  a.length === b.length ? a.filter((digit, place) => digit !== b[place]).length : Number.POSITIVE_INFINITY;
