import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { type Description, describe } from '../domain/person.js';
import { observationsOf } from '../storage/observation.store.js';
import { personsInGroupsOf, type StoredPerson } from '../storage/person.store.js';

/** A person as answers show them. */
export interface PersonView extends Description {
  readonly personId: string;
  readonly patients: readonly LocalPatientKey[];
  readonly lastSeenAt: string;
}

/** Whoever stands for these persons, in the order of their ids; those of whom no hospital said anything are left out. */
export async function presentPersons(sql: Sql, personIds: readonly string[]): Promise<PersonView[]> {
  const persons = await personsInGroupsOf(sql, personIds);
  const observations = await observationsOf(
    sql,
    persons.map(({ personId }) => personId),
  );
  const groups = Map.groupBy(persons, ({ survivorId }) => survivorId);
  return [...groups.keys()]
    .sort()
    .flatMap((survivorId) => present(survivorId, groups.get(survivorId) ?? [], observations));
}

function present(
  personId: string,
  persons: readonly StoredPerson[],
  observations: Awaited<ReturnType<typeof observationsOf>>,
): PersonView[] {
  const known = persons
    .flatMap((person) => observations.get(person.personId) ?? [])
    .sort((a, b) => b.observedAt.getTime() - a.observedAt.getTime());
  if (known.length === 0) return [];
  const patients = new Map(known.map(({ patient }) => [JSON.stringify(Object.values(patient)), patient]));
  const lastSeenAt = new Date(Math.max(...persons.map((person) => person.lastSeenAt.getTime()))).toISOString();
  return [{ personId, ...describe(known, null), patients: [...patients.values()], lastSeenAt }];
}
