import type { Sql } from '@yinglian/persistence';
import type { Group } from '../domain/link-decision.js';
import { knownPersons } from '../storage/known-person.store.js';
import { holdersOf } from '../storage/number.store.js';

/** A group with the homes that are in it. */
interface GroupOfHomes extends Group {
  readonly homeIds: readonly string[];
}

/** Whoever holds one of the numbers, with all that decides on a link; read, and not locked. */
export async function groupsHolding(sql: Sql, numbers: readonly string[]): Promise<GroupOfHomes[]> {
  const holders = await holdersOf(sql, numbers);
  if (holders.size === 0) return [];
  const persons = await knownPersons(sql, [...new Set(holders.values())]);
  const stated = persons.flatMap(({ said }) => said.flatMap(({ strongNumbers }) => strongNumbers));
  const held = await holdersOf(sql, [...new Set([...numbers, ...stated])]);
  return persons.map(({ survivorId, homeIds, said }) => ({
    survivorId,
    homeIds,
    held: new Map([...held].filter(([, homeId]) => homeIds.includes(homeId))),
    names: said.map(({ name }) => name),
    birthDates: said.flatMap(({ birthDate }) => birthDate ?? []),
    sexes: said.map(({ sex }) => sex),
  }));
}

/** Who stands for the home outside. */
export const survivorIn = (groups: readonly GroupOfHomes[], homeId: string): string | null =>
  groups.find(({ homeIds }) => homeIds.includes(homeId))?.survivorId ?? null;
