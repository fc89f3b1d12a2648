import { type Agreement, namesAgree, valuesAgree } from './name-agreement.js';
import { readName } from './person-name.js';
import type { Statement } from './record.js';

/** Whether two records agree in what a steward looks at. */
export interface FieldAgreement {
  readonly field: 'name' | 'birthDate' | 'sex' | 'number' | 'phone' | 'address';
  readonly agreement: Agreement;
}

/** Field by field: they agree as soon as one statement of each agrees, for people move, and are renamed. */
export function compareRecords(ones: readonly Statement[], others: readonly Statement[]): FieldAgreement[] {
  return FIELDS.map(({ field, compare }) => ({ field, agreement: bestOf(ones, others, compare) }));
}

type Compare = (one: Statement, other: Statement) => Agreement;

const FIELDS: readonly { readonly field: FieldAgreement['field']; readonly compare: Compare }[] = [
  { field: 'name', compare: (one, other) => namesAgree(readName(one.name), readName(other.name)) },
  { field: 'birthDate', compare: (one, other) => valuesAgree(one.birthDate, other.birthDate) },
  { field: 'sex', compare: (one, other) => valuesAgree(one.sex || null, other.sex || null) },
  { field: 'number', compare: (one, other) => shares(one.numbers, other.numbers) },
  { field: 'phone', compare: (one, other) => shares(phonesOf(one), phonesOf(other)) },
  { field: 'address', compare: (one, other) => shares(addressesOf(one), addressesOf(other)) },
];

function bestOf(ones: readonly Statement[], others: readonly Statement[], compare: Compare): Agreement {
  const verdicts = ones.slice(0, MOST_COMPARED).flatMap((one) => {
    return others.slice(0, MOST_COMPARED).map((other) => compare(one, other));
  });
  if (verdicts.includes('agree')) return 'agree';
  return verdicts.includes('differ') ? 'differ' : 'unknown';
}

function shares(ones: readonly string[], others: readonly string[]): Agreement {
  if (ones.length === 0 || others.length === 0) return 'unknown';
  return ones.some((one) => others.includes(one)) ? 'agree' : 'differ';
}

const phonesOf = ({ contact }: Statement): string[] =>
  (contact?.phones ?? []).map((phone) => phone.replace(/^(\+86|0086)|\D/g, '')).filter((phone) => phone !== '');

const addressesOf = ({ contact }: Statement): string[] =>
  (contact?.addresses ?? []).flatMap(({ state, city, district, lines }) => {
    const text = [state, city, district, ...lines].join('').normalize('NFKC').replace(/\s/g, '').toLowerCase();
    return text === '' ? [] : [text];
  });

const MOST_COMPARED = 20;
