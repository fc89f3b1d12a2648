import type { ComparedRecord } from '../evidence/compared-record.js';
import { numberOf } from '../identity/strong-numbers.js';

/** What others are looked for by that may be the same person; any observation has it. */
export type AskedRecord = Pick<ComparedRecord, 'birthDate' | 'ids' | 'phones'> & {
  readonly name: Pick<ComparedRecord['name'], 'han' | 'latin'>;
};

/** All numbers by which candidates are found, as stores know them. */
export const numbersOf = ({ ids, phones }: Pick<AskedRecord, 'ids' | 'phones'>): string[] => [
  ...new Set([
    ...ids.map(({ system, value }) => numberOf(system, value)),
    ...phones.map((phone) => numberOf('PHONE', phone)),
  ]),
];
