import { PersonId } from '@yinglian/contracts';
import { type DateRange, type Patient, readDateRange, readText, readToken, type SearchParameter } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';
import { foldVariants } from '../domain/han-variants.js';
import { fhirProblems } from './fhir.errors.js';
import { PERSON_SYSTEM, readSystem, systemOfHospital } from './identifier-systems.js';

type Filter = (patient: Patient) => boolean;

/** By what somebody is found: one of these, each with name and birth date if those are asked for too. */
export type IdentifierKey =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'number'; readonly idNumber: string }
  | { readonly kind: 'local'; readonly localId: string; readonly hospital?: string; readonly issuer?: string };

/** A search for Patients (ITI-78) as this index can serve it. */
export interface PatientSearch {
  /** `_id`: also those for whom another person stands. */
  readonly ids: readonly string[] | null;
  /** Any of these; null when no identifier is asked for. */
  readonly identifiers: readonly IdentifierKey[] | null;
  readonly name: string | null;
  /** YYYYMMDD */
  readonly birthDate: string | null;
  /** What the index does not know is looked at in what was found. */
  readonly filters: readonly Filter[];
  /** Systems of the identifiers to be shown; empty for all. */
  readonly domains: readonly string[];
  readonly count: number;
  readonly cursor: string | null;
  /** Names of the criteria. */
  readonly query: readonly string[];
  /** Names of parameters that were left out. */
  readonly ignored: readonly string[];
}

const COUNT = { usual: 20, most: 100 };
const ALTERNATIVES_AT_MOST = 20;
const CONTROLS = new Set(['_format', '_pretty', '_count', '_cursor']);
const MODIFIERS: Readonly<Record<string, readonly string[]>> = {
  family: ['exact', 'contains'],
  given: ['exact', 'contains'],
  name: ['exact', 'contains'],
};

/** A search while its parameters are read, one by one. */
interface Draft {
  ids: string[] | null;
  identifiers: IdentifierKey[] | null;
  family: string[];
  given: string[];
  name: string[];
  days: DateRange[];
  filters: Filter[];
  domains: string[];
  count: number;
  cursor: string | null;
}

type Refused = { readonly problem: keyof typeof fhirProblems; readonly detail: string } | null;
type Reader = (draft: Draft, parameter: SearchParameter) => Refused;

const invalid = (detail: string): Refused => ({ problem: 'PARAMETER_INVALID', detail });
const unsupported = (detail: string): Refused => ({ problem: 'PARAMETER_NOT_SUPPORTED', detail });

const READERS: Readonly<Record<string, Reader>> = {
  _id: (draft, { values }) => {
    const ids = values.map(readText);
    // AND of two lists: in both.
    draft.ids = draft.ids === null ? ids : draft.ids.filter((id) => ids.includes(id));
    return draft.ids.length > ALTERNATIVES_AT_MOST ? unsupported('_id has too many values') : null;
  },
  identifier: readIdentifiers,
  family: (draft, parameter) => readName(draft, parameter, 'family'),
  given: (draft, parameter) => readName(draft, parameter, 'given'),
  name: (draft, parameter) => readName(draft, parameter, 'name'),
  birthdate: (draft, { values }) => {
    const ranges = values.map((value) => readDateRange(readText(value)));
    const days = ranges.filter((range) => range !== null);
    if (days.length < ranges.length) return invalid('birthdate needs dates like 1990, 1990-03, ge1990-03-17');
    const [only] = days;
    if (days.length === 1 && only !== undefined) draft.days.push(only);
    else draft.filters.push((patient) => days.some((range) => isBornWithin(patient, range)));
    return null;
  },
  gender: (draft, { values }) => {
    const codes = values.map((value) => readToken(value).code);
    if (!codes.every((code) => code !== null && ['male', 'female', 'other', 'unknown'].includes(code))) {
      return invalid('gender is male, female, other or unknown');
    }
    draft.filters.push(({ gender = 'unknown' }) => codes.includes(gender));
    return null;
  },
  active: (draft, { values }) => {
    const codes = values.map((value) => readToken(value).code);
    if (codes.some((code) => code !== 'true' && code !== 'false')) return invalid('active is true or false');
    draft.filters.push(({ active }) => codes.includes(String(active)));
    return null;
  },
  _count: (draft, { values }) => {
    const count = Number(values[0]);
    if (!Number.isInteger(count) || count < 1) return invalid('_count is a positive number');
    draft.count = Math.min(count, COUNT.most);
    return null;
  },
  _cursor: (draft, { values }) => {
    draft.cursor = readText(values.join(','));
    return null;
  },
  _format: () => null,
  _pretty: () => null,
};

/** Reads the parameters, all of which must apply. `lenient` leaves out what is not supported, and says so. */
export function readPatientSearch(
  parameters: readonly SearchParameter[],
  handling: 'strict' | 'lenient',
): Result<PatientSearch> {
  const draft: Draft = {
    ids: null,
    identifiers: null,
    family: [],
    given: [],
    name: [],
    days: [],
    filters: [],
    domains: [],
    count: COUNT.usual,
    cursor: null,
  };
  const ignored: string[] = [];
  for (const parameter of parameters) {
    const refused = readOne(draft, parameter);
    if (refused === null) continue;
    if (handling === 'strict' || refused.problem !== 'PARAMETER_NOT_SUPPORTED') {
      return failure(fhirProblems[refused.problem], refused.detail);
    }
    ignored.push(parameter.name);
  }
  const query = parameters.map(({ name }) => name).filter((name) => !CONTROLS.has(name) && !ignored.includes(name));
  return finished(draft, [...new Set(query)], ignored);
}

function readOne(draft: Draft, parameter: SearchParameter): Refused {
  const { name, modifier } = parameter;
  const reader = READERS[name];
  if (reader === undefined) return unsupported(`${name.slice(0, 64)} is not supported`);
  if (modifier !== null && !MODIFIERS[name]?.includes(modifier)) return unsupported(`${name} has no such modifier`);
  return reader(draft, parameter);
}

function finished(draft: Draft, query: readonly string[], ignored: readonly string[]): Result<PatientSearch> {
  const { ids, identifiers, filters, domains, count, cursor, days } = draft;
  if (draft.name.length > 0 && draft.family.length + draft.given.length > 0) {
    return failure(fhirProblems.PARAMETER_NOT_SUPPORTED, 'name goes with neither family nor given');
  }
  const name = [...draft.name, ...draft.family, ...draft.given].join(' ');
  if (ids !== null && (name !== '' || identifiers !== null)) {
    return failure(fhirProblems.PARAMETER_NOT_SUPPORTED, '_id goes with neither names nor identifiers');
  }
  const day = days.find(({ first, last }) => first === last)?.first ?? null;
  if (ids === null && identifiers === null && name === '' && day === null) return failure(fhirProblems.SEARCH_TOO_WIDE);
  const ranges = days.filter(({ first }) => ids !== null || first !== day);
  return success({
    ids,
    identifiers,
    name: name === '' ? null : name,
    birthDate: ids === null ? day : null,
    filters: [
      ...filters,
      ...ranges.map(
        (range): Filter =>
          (patient) =>
            isBornWithin(patient, range),
      ),
    ],
    domains,
    count,
    cursor,
    query,
    ignored,
  });
}

/** Any of the identifiers; or, with systems alone, which identifiers are to be shown (ITI-78 section 2:3.78.4.1.2.3). */
function readIdentifiers(draft: Draft, { values }: SearchParameter): Refused {
  const tokens = values.map(readToken);
  if (tokens.length > ALTERNATIVES_AT_MOST) return unsupported('identifier has too many values');
  if (tokens.every(({ code }) => code === null)) {
    const systems = tokens.flatMap(({ system }) => system ?? []);
    draft.domains.push(...systems);
    draft.filters.push(({ identifier = [] }) => identifier.some(({ system = '' }) => systems.includes(system)));
    return null;
  }
  if (tokens.some(({ code }) => code === null)) return unsupported('identifier mixes values with whole systems');
  const keys = tokens.flatMap(({ system, code }) => keysOf(system, code ?? ''));
  if (draft.identifiers === null) draft.identifiers = keys;
  else if (keys.every(isShown)) draft.filters.push((patient) => keys.some((key) => hasIdentifier(patient, key)));
  else if (draft.identifiers.every(isShown)) {
    const before = draft.identifiers;
    draft.identifiers = keys;
    draft.filters.push((patient) => before.some((key) => hasIdentifier(patient, key)));
  } else return unsupported('identifier: two resident ids are nobody’s');
  return null;
}

/** A value of no particular system may be anything. */
function keysOf(system: string | null, value: string): IdentifierKey[] {
  const person = PersonId.safeParse(value).data;
  const byPerson = person === undefined ? [] : [{ kind: 'person' as const, personId: person }];
  if (system === null) return [...byPerson, { kind: 'number', idNumber: value }, { kind: 'local', localId: value }];
  const known = readSystem(system);
  switch (known?.kind) {
    case 'person':
      return byPerson;
    case 'resident-id':
      return [{ kind: 'number', idNumber: value }];
    case 'hospital':
      return [{ kind: 'local', localId: value, hospital: known.hospital, issuer: known.issuer }];
    default:
      return [];
  }
}

/** A resident id is masked, so that it cannot be looked for in what was found. */
const isShown = (key: IdentifierKey): boolean => key.kind !== 'number';

export const hasIdentifier = ({ identifier = [] }: Patient, key: IdentifierKey): boolean =>
  identifier.some(({ system, value }) => {
    if (key.kind === 'number') return true;
    if (key.kind === 'person') return system === PERSON_SYSTEM && value === key.personId;
    const { hospital, issuer = '', localId } = key;
    if (value !== localId) return false;
    return hospital === undefined ? system !== PERSON_SYSTEM : system === systemOfHospital({ hospital, issuer });
  });

/** The index finds a name by any run of its characters or syllables; what FHIR asks beyond that is looked at in what was found. */
function readName(
  draft: Draft,
  { name, modifier, values }: SearchParameter,
  part: 'family' | 'given' | 'name',
): Refused {
  if (values.length > 1) return unsupported(`${name} has one value; repeat it for names that must all apply`);
  const typed = readText(values[0] ?? '').trim();
  if (typed === '' || typed.length > 64) return invalid(`${name} has 1 to 64 characters`);
  draft[part].push(typed);
  const isHan = /\p{Script=Han}/u.test(typed);
  if (modifier === 'exact') draft.filters.push((patient) => partsOf(patient, part).includes(typed));
  // What is typed in letters may be a reading, which the resource does not show.
  else if (isHan && modifier === null && part !== 'name') {
    const start = foldVariants(typed);
    draft.filters.push((patient) => partsOf(patient, part).some((one) => foldVariants(one).startsWith(start)));
  }
  return null;
}

/** Name and birth date as far as the resource shows them, where the index cannot look for them. */
export function isCalledAndBorn(patient: Patient, { name, birthDate }: PatientSearch): boolean {
  const parts = partsOf(patient, 'name').map((part) => foldVariants(part.toLowerCase()));
  const isCalled =
    name === null ||
    name.split(' ').every((typed) => parts.some((part) => part.includes(foldVariants(typed.toLowerCase()))));
  return isCalled && (birthDate === null || isBornWithin(patient, { first: birthDate, last: birthDate }));
}

const partsOf = ({ name = [] }: Patient, part: 'family' | 'given' | 'name'): string[] =>
  name.flatMap(({ text = '', family = '', given = [] }) => {
    if (part === 'family') return [family];
    return part === 'given' ? given : [text, family, ...given];
  });

function isBornWithin({ birthDate = '' }: Patient, { first, last }: DateRange): boolean {
  const day = birthDate.replaceAll('-', '');
  return day !== '' && first <= day && day <= last;
}
