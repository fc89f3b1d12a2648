import type { Sql } from '@yinglian/persistence';
import type { Group } from '../domain/link-decision.js';
import { holdersOf } from '../storage/number.store.js';
import { observationsOf } from '../storage/observation.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

/** A group with the homes that are in it. */
interface GroupOfHomes extends Group {
  readonly homeIds: readonly string[];
}

/** Whoever holds one of the numbers, with all that decides on a link; read, and not locked. */
export async function groupsHolding(sql: Sql, numbers: readonly string[]): Promise<GroupOfHomes[]> {
  const holders = await holdersOf(sql, numbers);
  if (holders.size === 0) return [];
  const persons = await personsInGroupsOf(sql, [...new Set(holders.values())]);
  const said = await observationsOf(
    sql,
    persons.map(({ personId }) => personId),
  );
  const stated = [...said.values()].flat().flatMap(({ strongNumbers }) => strongNumbers);
  const held = await holdersOf(sql, [...new Set([...numbers, ...stated])]);
  const groups = Map.groupBy(persons, ({ survivorId }) => survivorId);
  return [...groups].map(([survivorId, members]) => {
    const homeIds = members.map(({ personId }) => personId);
    const descriptions = homeIds.flatMap((homeId) => said.get(homeId) ?? []);
    return {
      survivorId,
      homeIds,
      held: new Map([...held].filter(([, homeId]) => homeIds.includes(homeId))),
      names: descriptions.map(({ name }) => name),
      birthDates: descriptions.flatMap(({ birthDate }) => birthDate ?? []),
      sexes: descriptions.map(({ sex }) => sex),
    };
  });
}

/** Who stands for the home outside. */
export const survivorIn = (groups: readonly GroupOfHomes[], homeId: string): string | null =>
  groups.find(({ homeIds }) => homeIds.includes(homeId))?.survivorId ?? null;
