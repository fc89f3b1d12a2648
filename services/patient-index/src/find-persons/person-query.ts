import { type TypedName, typedNameKeys } from '@yinglian/names';
import { failure, type Result, success } from '@yinglian/platform';
import { readResidentId } from '../domain/identity/resident-id.js';
import { numberOf } from '../domain/identity/strong-numbers.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import type { PersonSearch } from './person-search.js';

/** What is asked for, read; null where nothing is asked. Name and birth date are of one patient, the others of any of the person's. */
export interface PersonQuery {
  readonly number: string | null;
  readonly localId: string | null;
  readonly hospital: string | null;
  /** `nobody`: nothing but signs. Leaving it out would widen the search. */
  readonly name: TypedName | 'nobody' | null;
  /** YYYYMMDD */
  readonly birthDate: number | null;
}

export function readQuery(search: PersonSearch, now: Date): Result<PersonQuery> {
  const { idNumber, name, birthDate, hospital = null, localId = null } = search;
  const id =
    idNumber === undefined ? null : readResidentId(idNumber, now.toISOString().slice(0, 10).replaceAll('-', ''));
  if (id === null && idNumber !== undefined) return failure(patientIndexProblems.ID_NUMBER_INVALID);
  const isWide = [idNumber, name, birthDate, search.localId].every((key) => key === undefined);
  if (isWide) return failure(patientIndexProblems.SEARCH_TOO_WIDE);
  return success({
    number: id === null ? null : numberOf('RESIDENT_ID', id.number),
    localId,
    hospital,
    name: name === undefined ? null : (typedNameKeys(name) ?? 'nobody'),
    birthDate: birthDate === undefined ? null : Number(birthDate),
  });
}
