import type { Sql } from '@yinglian/persistence';
import { type PersonView, presentPersons } from '../find-persons/present-persons.js';
import { latestLinks } from '../storage/latest-links.store.js';
import { patientsOfHomes } from '../storage/patient.store.js';
import { personsInGroupsOf, type StoredPerson } from '../storage/person.store.js';

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
  const group = await personsInGroupsOf(sql, [personId]);
  const asked = group.find((person) => person.personId === personId);
  if (asked === undefined) return null;
  const changedAt = await lastChange(sql, group);
  if (asked.survivorId !== personId) return { personId, survivorId: asked.survivorId, changedAt };
  const [view] = await presentPersons(sql, [personId]);
  return { ...(view ?? (await nobodyDescribed(sql, group, personId))), replaces: othersIn(group, personId), changedAt };
}

export const isMerged = (record: PersonRecord | MergedPerson): record is MergedPerson => 'survivorId' in record;

/** The records of persons that were found, in their order. */
export async function personRecords(sql: Sql, views: readonly PersonView[]): Promise<PersonRecord[]> {
  const personIds = views.map(({ personId }) => personId);
  const groups = Map.groupBy(await personsInGroupsOf(sql, personIds), ({ survivorId }) => survivorId);
  const links = await latestLinks(
    sql,
    [...groups.values()].flat().map(({ personId }) => personId),
  );
  return views.map((view) => {
    const group = groups.get(view.personId) ?? [];
    return { ...view, replaces: othersIn(group, view.personId), changedAt: newest(group, links) };
  });
}

/** Somebody with a number of whom no hospital said anything yet. */
async function nobodyDescribed(sql: Sql, group: readonly StoredPerson[], personId: string): Promise<PersonView> {
  const known = await patientsOfHomes(
    sql,
    group.map((one) => one.personId),
  );
  const lastSeenAt = newest(group, new Map()).toISOString();
  const patients = known.map(({ patient }) => patient);
  return { personId, name: '', otherNames: [], sex: '', birthDate: null, idNumberMasked: null, patients, lastSeenAt };
}

const othersIn = (group: readonly StoredPerson[], personId: string): string[] =>
  group.map((one) => one.personId).filter((one) => one !== personId);

const lastChange = async (sql: Sql, group: readonly StoredPerson[]): Promise<Date> =>
  newest(
    group,
    await latestLinks(
      sql,
      group.map(({ personId }) => personId),
    ),
  );

function newest(group: readonly StoredPerson[], links: ReadonlyMap<string, Date>): Date {
  const times = group.flatMap(({ personId, lastSeenAt }) => [lastSeenAt, links.get(personId) ?? lastSeenAt]);
  return new Date(Math.max(...times.map((time) => time.getTime())));
}
