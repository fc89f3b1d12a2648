import type { Identifier } from './identifier.js';
import { birthDateIn } from './resident-id.js';

/** Until then children have no card of their own, and are seen with a parent's (Resident Identity Card Law, article 2). */
const CHILD_UNTIL_YEARS = 16;
const GENERATION_YEARS = 14;
const YEAR = 10_000;

/** Numbers that the patient was seen with, by whose they are. */
export interface WhoseNumbers {
  readonly own: readonly Identifier[];
  /** A resident id of a parent, of which it is not said whether the mother's. */
  readonly parents: readonly Identifier[];
}

/** Whoever comes with a parent's number may have the parent's cards as well: only what nobody shares is left. */
export function whoseNumbers(
  ids: readonly Identifier[],
  isNewborn: boolean,
  birthDate: string | null,
  seenOn: string,
  motherId: Identifier | null,
): WhoseNumbers {
  const residentIds = ids.filter(({ system }) => system === 'RESIDENT_ID');
  const parents = residentIds.filter(
    ({ value }) => isNewborn || value === motherId?.value || isParents(value, birthDate, seenOn),
  );
  if (parents.length === 0 && !isNewborn) return { own: ids, parents };
  return {
    own: ids.filter((id) => id.strength === 'weak' || (residentIds.includes(id) && !parents.includes(id))),
    parents,
  };
}

/** YYYYMMDD throughout. */
function isParents(residentId: string, birthDate: string | null, seenOn: string): boolean {
  if (birthDate === null || yearsBetween(birthDate, seenOn) >= CHILD_UNTIL_YEARS) return false;
  return yearsBetween(birthDateIn(residentId), birthDate) >= GENERATION_YEARS;
}

/** Years that are over. */
export const yearsBetween = (from: string, to: string): number => Math.floor((Number(to) - Number(from)) / YEAR);
