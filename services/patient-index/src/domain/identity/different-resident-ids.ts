import type { Identifier } from './identifier.js';

interface Identified {
  readonly ids: readonly Identifier[];
}

export const residentIdsOf = ({ ids }: Identified): string[] =>
  ids.flatMap(({ system, value }) => (system === 'RESIDENT_ID' ? value : []));

/** Who has two is two, whatever else agrees: twins are registered one after the other. */
export function haveDifferentResidentIds(one: Identified, other: Identified): boolean {
  const [ids, others] = [residentIdsOf(one), residentIdsOf(other)];
  return ids.length > 0 && others.length > 0 && !ids.some((id) => others.includes(id));
}
