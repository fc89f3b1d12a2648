import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import type { KnownPerson } from '../storage/known-person.store.js';
import { namesAreMissing } from '../storage/names-to-enter.store.js';
import { STARTS } from '../storage/person-walk.store.js';
import { chooseWalk } from './choose-walk.js';
import { pageOfPersons } from './page-of-persons.js';
import { readQuery } from './person-query.js';
import type { PersonSearch } from './person-search.js';
import { describedPersons, type PersonView, viewOf } from './present-persons.js';
import { cursorOf } from './search-cursor.js';

export interface FoundPersons<Person = PersonView> {
  readonly persons: readonly Person[];
  /** Give it back as `cursor` for the next page; null on the last one. A page before may be short, or empty. */
  readonly nextCursor: string | null;
  /** Only while names that an older version kept are being entered: more may be found by name and birth date later. */
  readonly incomplete?: true;
}

/** Persons to whom everything asked for applies. */
@Injectable()
export class SearchPersonsHandler {
  private mayMissNames = true;

  constructor(private readonly database: Database) {}

  async execute(search: PersonSearch, now: Date): Promise<Result<FoundPersons>> {
    const found = await this.find(search, now);
    return found.ok ? success({ ...found.value, persons: found.value.persons.map(viewOf) }) : found;
  }

  /** The same, with everything that is known of them. */
  async find(search: PersonSearch, now: Date): Promise<Result<FoundPersons<KnownPerson>>> {
    const query = readQuery(search, now);
    if (!query.ok) return query;
    const { limit, cursor = null } = search;
    const walk = await chooseWalk(this.database, query.value, cursor?.along ?? null);
    if (walk === null) return success({ persons: [], nextCursor: null });
    if (cursor !== null && cursor.along !== walk.along) return failure(patientIndexProblems.CURSOR_OF_ANOTHER_SEARCH);
    const page = await pageOfPersons(this.database, query.value, walk, cursor?.place ?? STARTS[walk.along], limit);
    const known = new Map((await describedPersons(this.database, page.personIds)).map((one) => [one.survivorId, one]));
    const persons = page.personIds.flatMap((personId) => known.get(personId) ?? []);
    const nextCursor = page.next === null ? null : cursorOf(walk.along, page.next);
    const isIncomplete = (search.name !== undefined || search.birthDate !== undefined) && (await this.missesNames());
    return success({ persons, nextCursor, ...(isIncomplete ? { incomplete: true } : {}) });
  }

  private async missesNames(): Promise<boolean> {
    // Once entered, they stay.
    if (this.mayMissNames) this.mayMissNames = await namesAreMissing(this.database);
    return this.mayMissNames;
  }
}
