import { Injectable } from '@nestjs/common';
import { PersonId } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { type Result, success } from '@yinglian/platform';
import { PersonSearch } from '../find-persons/person-search.js';
import { type PersonView, presentPersons } from '../find-persons/present-persons.js';
import { SearchPersonsHandler } from '../find-persons/search-persons.handler.js';
import { identifiersOfPerson } from '../serve-pix/identifiers-of-person.js';
import { withNumbersInUse } from '../serve-pix/numbers-in-use.js';
import { PixFile } from '../serve-pix/pix-file.js';
import type { DemographicsQuery } from './demographics-query.js';
import { appliesTo } from './filters.js';

/** Pages of the search that one answer looks through for persons to whom all applies; then the pointer leads on. */
const MOST_PAGES = 20;

export interface Matches {
  readonly persons: readonly PersonView[];
  /** Null: these are the last. */
  readonly cursor: string | null;
  /** More may be found later: names that an older version kept are being entered. */
  readonly isIncomplete: boolean;
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
    if (query.id?.authority?.kind === 'person') {
      const persons = await this.byPersonId(query.id.value);
      return success({ persons: await this.told(query, persons), cursor: null, isIncomplete: false });
    }
    const persons: PersonView[] = [];
    let { cursor } = query;
    let isIncomplete = false;
    for (let page = 0; page < MOST_PAGES && persons.length < query.quantity; page += 1) {
      const search = searchOf(query, query.quantity - persons.length, cursor);
      const read = PersonSearch.safeParse(search);
      // What is too long to be anybody's is nobody's.
      if (!read.success) return success({ persons: [], cursor: null, isIncomplete: false });
      const found = await this.searchPersons.execute(read.data, now);
      if (!found.ok) return found;
      persons.push(...(await this.told(query, found.value.persons)));
      cursor = found.value.nextCursor;
      isIncomplete ||= found.value.incomplete === true;
      if (cursor === null) break;
    }
    return success({ persons, cursor, isIncomplete });
  }

  private async byPersonId(id: string): Promise<PersonView[]> {
    return PersonId.safeParse(id).success ? presentPersons(this.database, [id]) : [];
  }

  /** Those to whom all applies, and of whom a number of the domains asked for can be told. */
  private async told(query: DemographicsQuery, persons: readonly PersonView[]): Promise<PersonView[]> {
    const asked = persons.filter((person) => appliesTo(query, person));
    const { authorities } = this.file;
    return (await withNumbersInUse(this.database, asked)).filter(
      (person) => identifiersOfPerson(person, query.domains, authorities).length > 0,
    );
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
