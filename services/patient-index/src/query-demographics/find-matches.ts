import { Injectable } from '@nestjs/common';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { type Result, success } from '@yinglian/platform';
import { PersonSearch } from '../find-persons/person-search.js';
import { type PersonView, presentPersons } from '../find-persons/present-persons.js';
import { SearchPersonsHandler } from '../find-persons/search-persons.handler.js';
import { identifiersOfPerson } from '../serve-pix/identifiers-of-person.js';
import { PixFile } from '../serve-pix/pix-file.js';
import type { DemographicsQuery } from './demographics-query.js';

/** Pages of the search that one answer looks through for persons to whom all applies; then the pointer leads on. */
const MOST_PAGES = 20;

export interface Matches {
  readonly persons: readonly PersonView[];
  /** Null: these are the last. */
  readonly cursor: string | null;
}

/** Persons to whom a query applies, so many as it wants at a time. */
@Injectable()
export class FindMatches {
  constructor(
    private readonly database: Database,
    private readonly searchPersons: SearchPersonsHandler,
    private readonly file: PixFile,
  ) {}

  async execute(query: DemographicsQuery, now: Date): Promise<Result<Matches>> {
    const applies = (person: PersonView) => this.applies(query, person);
    if (query.id?.authority?.kind === 'person') {
      const persons = await this.byPersonId(query.id.value);
      return success({ persons: persons.filter(applies), cursor: null });
    }
    const persons: PersonView[] = [];
    let { cursor } = query;
    for (let page = 0; page < MOST_PAGES && persons.length < query.quantity; page += 1) {
      const search = searchOf(query, query.quantity - persons.length, cursor);
      const read = PersonSearch.safeParse(search);
      // What is too long to be anybody's is nobody's.
      if (!read.success) return success({ persons: [], cursor: null });
      const found = await this.searchPersons.execute(read.data, now);
      if (!found.ok) return found;
      persons.push(...found.value.persons.filter(applies));
      cursor = found.value.nextCursor;
      if (cursor === null) break;
    }
    return success({ persons, cursor });
  }

  private async byPersonId(id: string): Promise<PersonView[]> {
    return PersonId.safeParse(id).success ? presentPersons(this.database, [id]) : [];
  }

  /** What the search did not look at: sex, an issuer of several, and that a number of a domain asked for can be told. */
  private applies({ id, sex, name, birthDate, domains }: DemographicsQuery, person: PersonView): boolean {
    if (sex !== null && sex !== '' && person.sex !== sex) return false;
    const authority = id?.authority;
    if (authority?.kind === 'person' && birthDate !== null && person.birthDate !== birthDate) return false;
    if (authority?.kind === 'person' && name !== null && ![person.name, ...person.otherNames].includes(name))
      return false;
    if (authority?.kind === 'hospital') {
      const { hospital, issuer } = authority;
      const hasIt = person.patients.some(
        (patient) => patient.id === id?.value && patient.hospital === hospital && patient.issuer === issuer,
      );
      if (!hasIt) return false;
    }
    return identifiersOfPerson(person, domains, this.file.authorities).length > 0;
  }
}

function searchOf({ id, name, birthDate }: DemographicsQuery, limit: number, cursor: string | null): object {
  return {
    limit,
    ...keysOf(id),
    ...(name === null ? {} : { name }),
    ...(birthDate === null ? {} : { birthDate }),
    ...(cursor === null ? {} : { cursor }),
  };
}

function keysOf(id: DemographicsQuery['id']): object {
  if (id === null) return {};
  const { authority, value } = id;
  if (authority?.kind === 'resident') return { idNumber: value };
  return authority?.kind === 'hospital' ? { localId: value, hospital: authority.hospital } : { localId: value };
}
