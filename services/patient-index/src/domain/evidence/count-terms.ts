import { hanTerm, lettersTerm, soundOf } from './compare-chinese-names.js';
import type { ComparedRecord } from './compared-record.js';
import type { FrequencyOf } from './match-model.js';
import { charactersOf } from './text-distance.js';

export interface Term {
  readonly field: string;
  readonly term: string;
}

/** What is counted of a record, each term once, so that sharing a frequent one says less. */
export function termsOf({ name, birthDate, phones, address }: ComparedRecord): Term[] {
  const sounds = [...name.han.map(soundOf), ...name.latin.map(lettersTerm)];
  const { text: _, ...parts } = address ?? { text: '' };
  const fields: [string, readonly string[]][] = [
    ['hanName', name.han.map(hanTerm)],
    ['spelledName', sounds],
    ['familyName', name.components.map(({ family }) => family)],
    ['givenName', name.components.map(({ given }) => given)],
    ['birthDate', birthDate === null ? [] : [birthDate]],
    ['phone', phones],
    ...Object.entries(parts).map(([part, value]): [string, string[]] => [part, [value]]),
  ];
  return fields.flatMap(([field, terms]) =>
    [...new Set(terms)].filter((term) => term !== '').map((term) => ({ field, term: charactersOf(term).join('') })),
  );
}

/** Frequencies within records that are at hand; a store counts the same terms for a province. */
export function countTerms(records: Iterable<ComparedRecord>): FrequencyOf {
  const counts = new Map<string, Map<string, number>>();
  const stating = new Map<string, number>();
  for (const record of records) {
    const terms = termsOf(record);
    for (const field of new Set(terms.map((one) => one.field))) stating.set(field, (stating.get(field) ?? 0) + 1);
    for (const { field, term } of terms) {
      const ofField = counts.get(field) ?? new Map<string, number>();
      counts.set(field, ofField.set(term, (ofField.get(term) ?? 0) + 1));
    }
  }
  return (field, term) => {
    const count = counts.get(field)?.get(term);
    return count === undefined ? undefined : count / (stating.get(field) ?? count);
  };
}
