import { namesAgree } from './name-agreement.js';
import type { Observation } from './observation.js';
import type { PersonName } from './person-name.js';

/**
 * SHARED_ID: the id's holder has another name and another birth date. MANY_NAMES: the id is used by people of many
 * names. LATE_ID: a known patient turns out to have the id of another person. ID_CHANGED: a known patient has another
 * id than before. SEVERAL_IDS: the patient carries ids of several people.
 */
export type ConflictKind = 'SHARED_ID' | 'MANY_NAMES' | 'LATE_ID' | 'ID_CHANGED' | 'SEVERAL_IDS';

export interface Conflict {
  readonly kind: ConflictKind;
  readonly residentId: string;
  /** Who holds the id; null when nobody does. */
  readonly otherPersonId: string | null;
}

/** The person who holds a resident id, with what hospitals stated about them. */
export interface Holder {
  readonly personId: string;
  readonly residentId: string;
  readonly names: readonly PersonName[];
  readonly birthDates: readonly string[];
}

/** The person that the patient is linked to already. */
export interface Linked {
  readonly personId: string;
  readonly residentId: string | null;
}

export type LinkDecision =
  | { readonly kind: 'keep'; readonly claims: string | null; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'link'; readonly personId: string }
  | { readonly kind: 'create'; readonly claims: string | null; readonly conflicts: readonly Conflict[] };

/** Names that do not agree with each other, from which on an id number is no evidence any more. */
const MANY_NAMES = 3;

/** Whose patient this is. Never decided by name and birth date alone; a link that exists is never moved. */
export function decideLink(seen: Observation, linked: Linked | null, holders: readonly Holder[]): LinkDecision {
  const [residentId, ...more] = seen.residentIds;
  if (linked !== null) return keep(seen, linked, holders);
  if (residentId === undefined) return { kind: 'create', claims: null, conflicts: [] };
  if (more.length > 0) return { kind: 'create', claims: null, conflicts: conflictsWith('SEVERAL_IDS', holders) };
  const holder = holders.find((one) => one.residentId === residentId);
  if (holder === undefined) return { kind: 'create', claims: residentId, conflicts: [] };
  const sameName = holder.names.some((name) => namesAgree(name, seen.name) === 'agree');
  const sameBirth = birthDatesOf(holder).includes(seen.birthDate ?? '');
  if (!sameName && !sameBirth) return { kind: 'create', claims: null, conflicts: conflictsWith('SHARED_ID', [holder]) };
  if (!sameName && distinctNames([...holder.names, seen.name]) >= MANY_NAMES) {
    return { kind: 'create', claims: null, conflicts: conflictsWith('MANY_NAMES', [holder]) };
  }
  return { kind: 'link', personId: holder.personId };
}

function keep(seen: Observation, linked: Linked, holders: readonly Holder[]): LinkDecision {
  const [residentId, ...more] = seen.residentIds;
  const others = holders.filter(({ personId }) => personId !== linked.personId);
  if (residentId === undefined) return { kind: 'keep', claims: null, conflicts: [] };
  if (more.length > 0) return { kind: 'keep', claims: null, conflicts: conflictsWith('SEVERAL_IDS', others) };
  if (linked.residentId === null) {
    if (others.length > 0) return { kind: 'keep', claims: null, conflicts: conflictsWith('LATE_ID', others) };
    return { kind: 'keep', claims: residentId, conflicts: [] };
  }
  if (linked.residentId === residentId) return { kind: 'keep', claims: null, conflicts: [] };
  const otherPersonId = others[0]?.personId ?? null;
  return { kind: 'keep', claims: null, conflicts: [{ kind: 'ID_CHANGED', residentId, otherPersonId }] };
}

const conflictsWith = (kind: ConflictKind, holders: readonly Holder[]): Conflict[] =>
  holders.map(({ residentId, personId }) => ({ kind, residentId, otherPersonId: personId }));

/** Those stated, and the one within the id. */
const birthDatesOf = ({ birthDates, residentId }: Holder): string[] => [...birthDates, residentId.slice(6, 14)];

function distinctNames(names: readonly PersonName[]): number {
  const apart: PersonName[] = [];
  for (const name of names) if (apart.every((one) => namesAgree(one, name) === 'differ')) apart.push(name);
  return apart.length;
}
