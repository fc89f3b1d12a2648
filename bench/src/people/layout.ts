import { Chance, STREAM } from './chance.js';
import { RATES } from './rates.js';

/*
 * Who lives with whom, and which resident id is whose, follow from a person's number by arithmetic, so that any person can be made
 * alone. Numbers run through blocks of 13 persons in five households. Nobody's resident id is another's: a person has one of 143
 * districts and one of 249 places in the orders of each day there, and those who share both are born on different days of the year.
 */

const BLOCK_PERSONS = 13;
export const DISTRICTS = 143;
const PLACES = 249;
const DAYS = 365;
/** As many as have days of the year that differ. */
export const MOST_PERSONS = DISTRICTS * PLACES * DAYS;

/** Sizes of the households of a block, the smallest first; 2.6 persons on average (census of 2020: 2.62). */
const BLOCKS: readonly (readonly number[])[] = [
  [1, 2, 3, 3, 4],
  [1, 1, 3, 4, 4],
  [2, 2, 2, 3, 4],
  [1, 2, 2, 3, 5],
  [1, 1, 2, 4, 5],
];

export interface HouseholdPlace {
  readonly seed: number;
  readonly block: number;
  /** Among those of its block. */
  readonly ordinal: number;
  /** Number of its first person. */
  readonly first: number;
  readonly size: number;
}

/** The household of the person with this number, which is its first or a later member. */
export function householdOf(seed: number, person: number): HouseholdPlace {
  const block = Math.floor(person / BLOCK_PERSONS);
  const sizes = new Chance(seed, STREAM.block, block).pick(BLOCKS);
  let first = block * BLOCK_PERSONS;
  for (const [ordinal, size] of sizes.entries()) {
    if (person < first + size) return { seed, block, ordinal, first, size };
    first += size;
  }
  throw new Error(`The households of block ${block} are not ${BLOCK_PERSONS} persons`);
}

export interface IdPlace {
  /** 0 to 142; all of a block have the same. */
  readonly district: number;
  /** 0 to 248, among those born on one day in the district: four orders each, for one person and a twin. */
  readonly place: number;
  /** How many share district and place with a lower number. */
  readonly cycle: number;
  /** 0 to 364, in the year of birth, whichever it is. */
  readonly dayOfYear: number;
}

/** What makes the person's resident id theirs alone. */
export function idPlaceOf(seed: number, person: number): IdPlace {
  const { district, place, cycle } = slotOf(person);
  const sharesDay = isNameTwinSlot(seed, district, place);
  const first = new Chance(seed, STREAM.day, sharesDay ? district - 1 : district, place).below(DAYS);
  return { district, place, cycle, dayOfYear: (first + cycle) % DAYS };
}

/** The person of the block before whose name and birth date this one has, if any: both are the first of their blocks. */
export function nameTwinOf(seed: number, person: number): number | null {
  if (person % BLOCK_PERSONS !== 0) return null;
  const { district, place } = slotOf(person);
  return isNameTwinSlot(seed, district, place) ? person - BLOCK_PERSONS : null;
}

/** Only in every second district, so that nobody's name twin has one too. */
function isNameTwinSlot(seed: number, district: number, place: number): boolean {
  return district % 2 === 1 && new Chance(seed, STREAM.nameTwin, district, place).happens(2 * RATES.nameTwin.rate);
}

function slotOf(person: number) {
  const block = Math.floor(person / BLOCK_PERSONS);
  const ordinal = Math.floor(block / DISTRICTS) * BLOCK_PERSONS + (person % BLOCK_PERSONS);
  return { district: block % DISTRICTS, place: ordinal % PLACES, cycle: Math.floor(ordinal / PLACES) };
}
