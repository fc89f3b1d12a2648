import { addressText, city, district, postalCode, state, street, streetNumber } from './compare-addresses.js';
import { birthDate } from './compare-birth-dates.js';
import { hanName, spelledName } from './compare-chinese-names.js';
import { localNumber, mediumNumber, phone, strongNumber } from './compare-numbers.js';
import { familyName, givenName } from './compare-western-names.js';
import type { Comparison } from './comparison.js';

const sex: Comparison = {
  field: 'sex',
  levels: ['same', 'unlike'],
  compare: (a, b) => (a.sex === '' || b.sex === '' ? null : { level: a.sex === b.sex ? 'same' : 'unlike' }),
};

/** What people of one household share. */
const HOUSEHOLD = [phone, streetNumber, street, district, city, postalCode, state, addressText];

export const COMPARISONS: readonly Comparison[] = [
  hanName,
  spelledName,
  familyName,
  givenName,
  birthDate,
  sex,
  strongNumber,
  mediumNumber,
  localNumber,
  ...HOUSEHOLD,
];

export const HOUSEHOLD_FIELDS: ReadonlySet<string> = new Set(HOUSEHOLD.map(({ field }) => field));
