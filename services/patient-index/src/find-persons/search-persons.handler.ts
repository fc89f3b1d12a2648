import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { readResidentId } from '../domain/identity/resident-id.js';
import { keys, typedNameKeys } from '../domain/search-keys.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import { findPersonIds, type PersonQuery } from '../storage/person-search.store.js';
import type { PersonSearch } from './person-search.js';
import { type PersonView, presentPersons } from './present-persons.js';

export interface FoundPersons {
  readonly persons: readonly PersonView[];
  /** Give it back as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** Persons to whom everything asked for applies. */
@Injectable()
export class SearchPersonsHandler {
  constructor(private readonly database: Database) {}

  async execute(search: PersonSearch, now: Date): Promise<Result<FoundPersons>> {
    const query = queryOf(search, now);
    if (!query.ok) return query;
    const { limit, cursor = '' } = search;
    const ids = await findPersonIds(this.database, query.value, cursor, limit + 1);
    const page = ids.slice(0, limit);
    return success({
      persons: await presentPersons(this.database, page),
      nextCursor: ids.length > limit ? (page.at(-1) ?? null) : null,
    });
  }
}

function queryOf({ idNumber, name, birthDate, hospital, localId }: PersonSearch, now: Date): Result<PersonQuery> {
  const every: string[] = [];
  if (idNumber !== undefined) {
    const id = readResidentId(idNumber, now.toISOString().slice(0, 10).replaceAll('-', ''));
    if (id === null) return failure(patientIndexProblems.ID_NUMBER_INVALID);
    every.push(keys.residentId(id.number));
  }
  if (birthDate !== undefined) every.push(keys.birthDate(birthDate));
  if (localId !== undefined) every.push(keys.localId(localId, hospital));
  else if (hospital !== undefined) every.push(keys.hospital(hospital));
  if (name === undefined) return success({ every, any: [] });
  const typed = typedNameKeys(name);
  // A name of nothing but signs is nobody's; leaving it out would widen the search.
  if (typed === null) return success({ every: [], any: [] });
  return success({ every: [...every, ...typed.every], any: typed.any });
}
