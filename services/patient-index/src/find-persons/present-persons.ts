import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { type Description, describe } from '../domain/person.js';
import { observationsOf } from '../storage/observation.store.js';
import { personsById } from '../storage/person.store.js';

/** A person as answers show them. */
export interface PersonView extends Description {
  readonly personId: string;
  readonly patients: readonly LocalPatientKey[];
  readonly lastSeenAt: string;
}

/** Persons by id, in the order of their ids; those that no patient is linked to are left out. */
export async function presentPersons(sql: Sql, personIds: readonly string[]): Promise<PersonView[]> {
  const [persons, observations] = await Promise.all([personsById(sql, personIds), observationsOf(sql, personIds)]);
  return persons.flatMap(({ personId, residentId, lastSeenAt }) => {
    const known = observations.get(personId) ?? [];
    if (known.length === 0) return [];
    const patients = new Map(known.map(({ patient }) => [JSON.stringify(Object.values(patient)), patient]));
    return {
      personId,
      ...describe(known, residentId),
      patients: [...patients.values()],
      lastSeenAt: lastSeenAt.toISOString(),
    };
  });
}
