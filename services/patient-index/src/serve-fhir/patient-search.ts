import { common, type Handling, type SearchParameter, searchProblems } from '@yinglian/fhir';
import { failure, type Result, success } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import { isBornWithin } from './born-within.js';
import type { IdentifierKey } from './identifier-key.js';
import { type Filter, type Refused, type SearchDraft, unsupported } from './search-draft.js';
import { CONTROLS, CRITERIA, NAME_CRITERIA, NAME_MODIFIERS } from './search-readers.js';

/** A search for Patients (ITI-78) as this index can serve it. */
export interface PatientSearch {
  /** `_id`: also those for whom another person stands. */
  readonly ids: readonly string[] | null;
  /** Any of these; null when no identifier is asked for. */
  readonly identifiers: readonly IdentifierKey[] | null;
  readonly name: string | null;
  /** YYYYMMDD */
  readonly birthDate: string | null;
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

const USUAL_COUNT = 20;

/** Reads the parameters, all of which must apply. `lenient` leaves out what is not supported, and says so. */
export function readPatientSearch(parameters: readonly SearchParameter[], handling: Handling): Result<PatientSearch> {
  const draft: SearchDraft = {
    ids: null,
    identifiers: null,
    family: [],
    given: [],
    name: [],
    days: [],
    filters: [],
    domains: [],
    count: USUAL_COUNT,
    cursor: null,
  };
  const ignored: string[] = [];
  for (const parameter of parameters) {
    const refused = readOne(draft, parameter);
    if (refused === null) continue;
    if (handling === 'strict' || refused.problem !== 'PARAMETER_NOT_SUPPORTED') {
      return failure(searchProblems[refused.problem], refused.detail);
    }
    ignored.push(parameter.name);
  }
  const query = parameters.map(({ name }) => name).filter((name) => CRITERIA.has(name) && !ignored.includes(name));
  return finished(draft, [...new Set(query)], ignored);
}

function readOne(draft: SearchDraft, parameter: SearchParameter): Refused {
  const { name, modifier } = parameter;
  const reader = CRITERIA.get(name) ?? CONTROLS.get(name);
  if (reader === undefined) return unsupported(`${name.slice(0, 64)} is not supported`);
  const isPlain = modifier === null || (NAME_CRITERIA.has(name) && NAME_MODIFIERS.has(modifier));
  if (!isPlain) return unsupported(`${name} has no such modifier`);
  return reader(draft, parameter);
}

function finished(draft: SearchDraft, query: readonly string[], ignored: readonly string[]): Result<PatientSearch> {
  const { ids, identifiers, domains, count, cursor, days } = draft;
  if (draft.name.length > 0 && draft.family.length + draft.given.length > 0) {
    return failure(searchProblems.PARAMETER_NOT_SUPPORTED, 'name goes with neither family nor given');
  }
  const name = [...draft.name, ...draft.family, ...draft.given].join(' ');
  if (ids !== null && (name !== '' || identifiers !== null)) {
    return failure(searchProblems.PARAMETER_NOT_SUPPORTED, '_id goes with neither names nor identifiers');
  }
  const born = common(days);
  const isOneDay = born.first === born.last && ids === null;
  if (ids === null && identifiers === null && name === '' && !isOneDay)
    return failure(patientIndexProblems.SEARCH_TOO_WIDE);
  const bornWithin: Filter[] = days.length === 0 || isOneDay ? [] : [(patient) => isBornWithin(patient, born)];
  return success({
    ids,
    identifiers,
    name: name === '' ? null : name,
    birthDate: isOneDay ? born.first : null,
    filters: [...draft.filters, ...bornWithin],
    domains,
    count,
    cursor,
    query,
    ignored,
  });
}
