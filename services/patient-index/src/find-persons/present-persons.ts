import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { type Description, describe } from '../domain/person.js';
import { type KnownPerson, knownPersons } from '../storage/known-person.store.js';

/** A person as answers show them. */
export interface PersonView extends Description {
  readonly personId: string;
  readonly patients: readonly LocalPatientKey[];
  readonly lastSeenAt: string;
}

/** Whoever stands for these persons, in the order of their ids; those of whom no hospital said anything are left out. */
export const describedPersons = async (sql: Sql, personIds: readonly string[]): Promise<KnownPerson[]> =>
  (await knownPersons(sql, personIds)).filter(({ said }) => said.length > 0);

export const presentPersons = async (sql: Sql, personIds: readonly string[]): Promise<PersonView[]> =>
  (await describedPersons(sql, personIds)).map(viewOf);

export const viewOf = ({ survivorId, said, patients, lastSeenAt }: KnownPerson): PersonView => ({
  personId: survivorId,
  ...describe(said, null),
  patients,
  lastSeenAt: lastSeenAt.toISOString(),
});
