import type { Sql } from '@yinglian/persistence';
import { type PersonView, viewOf } from '../find-persons/present-persons.js';
import { type KnownPerson, knownPersons } from '../storage/known-person.store.js';

/** A person as FHIR shows one. */
export interface PersonRecord extends PersonView {
  /** Persons for whom this one stands too. */
  readonly replaces: readonly string[];
  /** When anything of it last changed or was seen. */
  readonly changedAt: Date;
}

/** Somebody for whom another one stands. */
export interface MergedPerson {
  readonly personId: string;
  readonly survivorId: string;
  readonly changedAt: Date;
}

/** What the id stands for now; null when it never was anybody's. */
export async function personRecord(sql: Sql, personId: string): Promise<PersonRecord | MergedPerson | null> {
  const [known] = await knownPersons(sql, [personId]);
  if (known === undefined) return null;
  const { survivorId } = known;
  return survivorId === personId ? recordOf(known) : { personId, survivorId, changedAt: lastChangeOf(known) };
}

export const isMerged = (record: PersonRecord | MergedPerson): record is MergedPerson => 'survivorId' in record;

/** The records of those of the persons for whom nobody else stands, by their ids. */
export async function personRecords(
  sql: Sql,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, PersonRecord>> {
  const known = await knownPersons(sql, personIds);
  return new Map(known.map((one) => [one.survivorId, recordOf(one)]));
}

/** What FHIR shows of a person, also of somebody of whom no hospital said anything yet. */
export const recordOf = (known: KnownPerson): PersonRecord => ({
  ...viewOf(known),
  replaces: known.homeIds.filter((homeId) => homeId !== known.survivorId),
  changedAt: lastChangeOf(known),
});

const lastChangeOf = ({ lastSeenAt, lastLinkedAt }: KnownPerson): Date =>
  lastLinkedAt !== null && lastLinkedAt > lastSeenAt ? lastLinkedAt : lastSeenAt;
