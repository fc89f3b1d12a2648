import type { LinkReason } from '@yinglian/contracts';
import { datesAreNear } from './evidence/compare-birth-dates.js';
import { namesAreAlike } from './evidence/names-are-alike.js';
import { isResidentId } from './identity/strong-numbers.js';
import { namesAgree } from './name-agreement.js';
import type { PersonName } from './person-name.js';

/**
 * SHARED_ID: the number's holder has another name and another birth date. MANY_NAMES: the number is used by people of many
 * names. LATE_ID: a known patient turns out to have the number of somebody else of another name and birth date. ID_CHANGED: it would
 * be a second resident id of one person. SEVERAL_IDS: the patient carries resident ids of several people. HOSPITAL_MERGE: a hospital says
 * that two patients are one whom a steward kept apart, or who have different resident ids. LIKELY_SAME: what both state speaks for one
 * person, and no number does.
 */
export const CONFLICT_KINDS = [
  'SHARED_ID',
  'MANY_NAMES',
  'LATE_ID',
  'ID_CHANGED',
  'SEVERAL_IDS',
  'HOSPITAL_MERGE',
  'LIKELY_SAME',
] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** What only a steward may decide. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** Empty when no number is in question. */
  readonly number: string;
  /** Who holds the number; null when nobody does. */
  readonly otherPersonId: string | null;
  /** What speaks for one person (domain/evidence), where it was weighed. */
  readonly bits?: number;
}

/** What a patient says of itself that decides on a link. */
export interface Statement {
  readonly name: PersonName;
  /** YYYYMMDD, as stated. */
  readonly birthDate: string | null;
  /** M, F, O or empty. */
  readonly sex: string;
  /** Numbers that one person has, each once. */
  readonly strongNumbers: readonly string[];
  /** Somebody known by another's numbers, or nobody in particular: linked by a person only. */
  readonly neverLinks: boolean;
}

/** A person with everybody who is one with them, and what hospitals stated about them. */
export interface Group {
  readonly survivorId: string;
  /** Numbers that are claimed within the group, each with the home that holds it. */
  readonly held: ReadonlyMap<string, string>;
  readonly names: readonly PersonName[];
  readonly birthDates: readonly string[];
  readonly sexes: readonly string[];
}

export interface LinkDecision {
  /** The person to file the patient under; null is a new one. Of a patient that is known: always its home. */
  readonly homeId: string | null;
  readonly reason: LinkReason;
  /** Numbers that are the patient's from now on. */
  readonly claims: readonly string[];
  /** Groups that turn out to be one with the patient's, by their survivors. */
  readonly merges: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/** Names that do not agree with each other, from which on a number is no evidence any more. */
const MANY_NAMES = 3;

/**
 * Whose patient this is: a number that one person has, and name or birth date agreeing (domain.md section 4). Never decided by name and birth
 * date alone.
 * @param known the patient's home and its group, when it is known already
 * @param groups whoever holds one of the patient's numbers, the known group included when it does
 * @param apart survivors of groups that a steward found not to be the known one: neither joined nor asked about
 */
export function decideLink(
  seen: Statement,
  known: { readonly homeId: string; readonly group: Group } | null,
  groups: readonly Group[],
  apart: ReadonlySet<string> = new Set(),
): LinkDecision {
  const undecided = { homeId: known?.homeId ?? null, reason: 'NEW_PERSON', claims: [], merges: [] } as const;
  if (seen.neverLinks) return { ...undecided, conflicts: [] };
  const own = known?.group ?? null;
  const others = groups.filter(({ survivorId }) => survivorId !== own?.survivorId && !apart.has(survivorId));
  const residentIds = seen.strongNumbers.filter(isResidentId);
  if (residentIds.length > 1) {
    return { ...undecided, conflicts: others.flatMap((other) => conflictsWith('SEVERAL_IDS', seen, other)) };
  }
  const verdicts = others.map((other) => ({ other, doubt: doubtAbout(seen, own, other) }));
  const conflicts = verdicts.flatMap(({ other, doubt }) => (doubt === null ? [] : conflictsWith(doubt, seen, other)));
  const same = inOrderOfStrength(verdicts.flatMap(({ other, doubt }) => (doubt === null ? [other] : [])));
  const joined = own ?? same[0] ?? null;
  const { merges, contradictions } = mergesOf(joined, same, seen);
  const free = seen.strongNumbers.filter((number) => !groups.some(({ held }) => held.has(number)));
  const changed = free.filter((number) => joined !== null && contradicts(joined, [number]));
  return {
    homeId: known?.homeId ?? homeWithin(same[0], seen),
    reason: same.length > 0 && known === null ? 'STRONG_ID' : 'NEW_PERSON',
    // Who borrows one number may have borrowed the others with it.
    claims: conflicts.length > 0 ? [] : claimable(free, changed, seen, joined),
    merges,
    conflicts: [
      ...conflicts,
      ...contradictions,
      ...changed.map((number) => ({ kind: 'ID_CHANGED' as const, number, otherPersonId: null })),
    ],
  };
}

/** Why the patient is not simply one with the holder of its number; null when it is. */
function doubtAbout(seen: Statement, own: Group | null, other: Group): ConflictKind | null {
  if (other.names.some((name) => namesAgree(name, seen.name) === 'agree')) return null;
  if (!birthDateSpeaks(seen, other)) return own === null ? 'SHARED_ID' : 'LATE_ID';
  if (distinctNames([...other.names, seen.name]) >= MANY_NAMES) return 'MANY_NAMES';
  return sexesDiffer(seen, other) && other.names.length > 0 ? 'SHARED_ID' : null;
}

/**
 * Both state one birth date. Hospitals read dates off cards, which may be borrowed: so the names must at least be alike, unless the date is
 * another than the one within the resident id that both state.
 */
function birthDateSpeaks(seen: Statement, other: Group): boolean {
  const { birthDate } = seen;
  if (birthDate === null || !other.birthDates.includes(birthDate)) return false;
  if (other.names.length === 0 || other.names.some((name) => namesAreAlike(name, seen.name))) return true;
  const shared = seen.strongNumbers.filter((number) => isResidentId(number) && other.held.has(number));
  return shared.some((number) => dateWithin(number) !== birthDate);
}

/** All who are one with the patient are one, unless that gave a person two resident ids. */
function mergesOf(joined: Group | null, same: readonly Group[], seen: Statement) {
  const merges: string[] = [];
  const contradictions: Conflict[] = [];
  const residentIds = new Set(residentIdsOf(joined));
  for (const group of same) {
    if (joined === null || group.survivorId === joined.survivorId) continue;
    const theirs = residentIdsOf(group);
    if (new Set([...residentIds, ...theirs]).size > 1) contradictions.push(...conflictsWith('ID_CHANGED', seen, group));
    else {
      merges.push(group.survivorId);
      for (const number of theirs) residentIds.add(number);
    }
  }
  return { merges, contradictions };
}

/** Those nobody holds, and those that the joined person holds already: whoever states them next has one witness more. */
function claimable(
  free: readonly string[],
  changed: readonly string[],
  seen: Statement,
  joined: Group | null,
): string[] {
  return seen.strongNumbers.filter(
    (number) =>
      (free.includes(number) && !changed.includes(number) && !isOfAnotherAge(number, seen)) ||
      joined?.held.has(number) === true,
  );
}

const contradicts = (group: Group, numbers: readonly string[]): boolean => {
  const held = residentIdsOf(group);
  return held.length > 0 && numbers.some((number) => isResidentId(number) && !held.includes(number));
};

const residentIdsOf = (group: Group | null): string[] => [...(group?.held.keys() ?? [])].filter(isResidentId);

/** Who holds a resident id first: the others may have changed, or belong to an office. */
const inOrderOfStrength = (groups: readonly Group[]): Group[] =>
  groups.toSorted(
    (a, b) => residentIdsOf(b).length - residentIdsOf(a).length || (a.survivorId < b.survivorId ? -1 : 1),
  );

/** The home that holds the number which the patient states. */
const homeWithin = (group: Group | undefined, seen: Statement): string | null => {
  const stated = seen.strongNumbers.toSorted((a, b) => Number(isResidentId(b)) - Number(isResidentId(a)));
  return stated.flatMap((number) => group?.held.get(number) ?? [])[0] ?? null;
};

const conflictsWith = (kind: ConflictKind, seen: Statement, { held, survivorId }: Group): Conflict[] =>
  seen.strongNumbers
    .filter((number) => held.has(number))
    .slice(0, 1)
    .map((number) => ({ kind, number, otherPersonId: survivorId }));

/** YYYYMMDD */
const dateWithin = (residentId: string): string => residentId.slice(-12, -4);

/** A mother's number, or the clerk's: of somebody born on quite another day than the patient. */
const isOfAnotherAge = (number: string, { birthDate }: Statement): boolean =>
  isResidentId(number) && birthDate !== null && !datesAreNear(dateWithin(number), birthDate);

const sexesDiffer = ({ sex }: Statement, { sexes }: Group): boolean =>
  sex !== '' && sexes.some((one) => one !== '') && !sexes.includes(sex);

function distinctNames(names: readonly PersonName[]): number {
  const apart: PersonName[] = [];
  for (const name of names) if (apart.every((one) => namesAgree(one, name) === 'differ')) apart.push(name);
  return apart.length;
}
