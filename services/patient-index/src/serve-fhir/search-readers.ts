import { readDateRange, readText, readToken } from '@yinglian/fhir';
import { isBornWithin } from './born-within.js';
import { readIdentifiers } from './read-identifiers.js';
import { readNamesOf } from './read-names.js';
import { ALTERNATIVES_AT_MOST, invalid, type ParameterReader, unsupported } from './search-draft.js';

const MOST_ON_A_PAGE = 100;

const ids: ParameterReader = (draft, { values }) => {
  const given = values.map(readText);
  // Of two lists, who is in both.
  draft.ids = draft.ids === null ? given : draft.ids.filter((id) => given.includes(id));
  return draft.ids.length > ALTERNATIVES_AT_MOST ? unsupported('_id has too many values') : null;
};

const birthDates: ParameterReader = (draft, { values }) => {
  const ranges = values.map((value) => readDateRange(readText(value)));
  const days = ranges.filter((range) => range !== null);
  if (days.length < ranges.length) return invalid('birthdate needs dates like 1990, 1990-03, ge1990-03-17');
  const [only] = days;
  if (days.length === 1 && only !== undefined) draft.days.push(only);
  else draft.filters.push((patient) => days.some((range) => isBornWithin(patient, range)));
  return null;
};

const genders: ParameterReader = (draft, { values }) => {
  const codes = values.map((value) => readToken(value).code ?? '');
  if (codes.some((code) => !['male', 'female', 'other', 'unknown'].includes(code))) {
    return invalid('gender is male, female, other or unknown');
  }
  draft.filters.push(({ gender = 'unknown' }) => codes.includes(gender));
  return null;
};

const active: ParameterReader = (draft, { values }) => {
  const codes = values.map((value) => readToken(value).code ?? '');
  if (codes.some((code) => !['true', 'false'].includes(code))) return invalid('active is true or false');
  draft.filters.push((patient) => codes.includes(String(patient.active)));
  return null;
};

const count: ParameterReader = (draft, { values }) => {
  const asked = Number(values[0]);
  if (!Number.isInteger(asked) || asked < 1) return invalid('_count is a positive number');
  draft.count = Math.min(asked, MOST_ON_A_PAGE);
  return null;
};

const cursor: ParameterReader = (draft, { values }) => {
  draft.cursor = readText(values.join(','));
  return null;
};

/** The parameters of ITI-78 that this index can serve. */
export const CRITERIA: ReadonlyMap<string, ParameterReader> = new Map([
  ['_id', ids],
  ['identifier', readIdentifiers],
  ['family', readNamesOf('family')],
  ['given', readNamesOf('given')],
  ['name', readNamesOf('name')],
  ['birthdate', birthDates],
  ['gender', genders],
  ['active', active],
]);

/** How the answer is to be given. */
export const CONTROLS: ReadonlyMap<string, ParameterReader> = new Map([
  ['_count', count],
  ['_cursor', cursor],
  ['_format', () => null],
  ['_pretty', () => null],
]);

/** Criteria that may be changed in meaning, by `exact` and `contains`. */
export const NAME_CRITERIA: ReadonlySet<string> = new Set(['family', 'given', 'name']);
export const NAME_MODIFIERS: ReadonlySet<string> = new Set(['exact', 'contains']);
