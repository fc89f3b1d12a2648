import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { givenUpAmong } from '../storage/given-up-number.store.js';

interface WithPatients {
  readonly patients: readonly LocalPatientKey[];
}

/**
 * The same persons without the numbers that their hospitals gave up for another one of the same person (ITI TF-2 section 3.8.4.2.3).
 * When a steward takes the merge back, the number is told again.
 */
export async function withNumbersInUse<Person extends WithPatients>(
  sql: Sql,
  persons: readonly Person[],
): Promise<Person[]> {
  const givenUp = await givenUpAmong(
    sql,
    persons.flatMap(({ patients }) => patients),
  );
  return persons.map((person) => {
    const own = new Set(person.patients.map(keyOf));
    const old = new Set(givenUp.flatMap(({ merged, patient }) => (own.has(keyOf(patient)) ? [keyOf(merged)] : [])));
    return { ...person, patients: person.patients.filter((patient) => !old.has(keyOf(patient))) };
  });
}

const keyOf = ({ hospital, issuer, id }: LocalPatientKey) => JSON.stringify([hospital, issuer, id]);
