import { birthDateOf, THIS_YEAR, yearOf } from './birth-date.js';
import { Chance, STREAM } from './chance.js';
import type { Sex } from './given-names.js';
import { type HouseholdPlace, householdOf, idPlaceOf, nameTwinOf } from './layout.js';
import type { TrueName } from './person.js';
import { RATES } from './rates.js';
import { adultsName, relativesName, twinsName } from './true-names.js';

/** Who somebody is within a household: what follows for one from the others. */
export interface Member {
  readonly number: number;
  readonly name: TrueName;
  readonly sex: Sex;
  /** YYYYMMDD */
  readonly birthDate: string;
  readonly mother: number | null;
  /** The number of the twin, and which of the two this is, 1 or 2. */
  readonly twin: { readonly number: number; readonly order: number } | null;
  /** Registered as born on the first of January, for want of a date. */
  readonly isUndated: boolean;
}

/** The one district where foreigners live. */
export const DISTRICT_WITH_FOREIGNERS = 1;
/** Years in which those were born who are registered without a date. */
const UNDATED = { from: 1930, years: 36 };

/** All members: one alone; a couple; a couple with one or two children; and in households of five the head's father or mother. */
export function membersOf(place: HouseholdPlace): Member[] {
  const { seed, first, size } = place;
  const head = headOf(place);
  if (size === 1) return [head];
  const chance = new Chance(seed, STREAM.household, first, 1);
  const spouse = spouseOf(head, seed, chance);
  const children = size === 2 ? [] : childrenOf([head, spouse], size === 3, seed, chance);
  if (size < 5) return [head, spouse, ...children];
  return [head, spouse, ...children, grandparentOf(head, first + 4, seed, chance)];
}

function headOf(place: HouseholdPlace): Member {
  const head = plainHeadOf(place);
  const other = nameTwinOf(place.seed, place.first);
  if (other === null) return head;
  const twin = plainHeadOf(householdOf(place.seed, other));
  const alike = [head, twin].every(({ name, isUndated }) => name.kind === 'chinese' && !isUndated);
  return alike ? { ...twin, number: head.number } : head;
}

function plainHeadOf(place: HouseholdPlace): Member {
  const { seed, first, size } = place;
  const chance = new Chance(seed, STREAM.household, first, 2);
  const sex: Sex = chance.happens(size === 1 ? 0.45 : 0.97) ? 'M' : 'F';
  const isUndated = place.ordinal === 0 && chance.happens(RATES.bornFirstOfJanuary.rate);
  const year = isUndated ? undatedYear(place) : THIS_YEAR - headsAge(size, chance);
  const birthDate = isUndated ? `${year}0101` : dateIn(year, first, seed);
  const name = adultsName(kindOf(place, chance), sex, year, chance);
  return { number: first, name, sex, birthDate, mother: null, twin: null, isUndated };
}

/** Ages by size of household, so that the province is as old as the census of 2020 has it. */
function headsAge(size: number, chance: Chance): number {
  if (size === 1) return chance.happens(0.5) ? chance.between(20, 50) : chance.between(51, 92);
  if (size === 2) return chance.happens(0.3) ? chance.between(24, 40) : chance.between(45, 86);
  if (size === 3) return chance.between(30, 66);
  return chance.between(28, 52);
}

/** Those of one district and place are born in different years, so their resident ids differ. */
function undatedYear({ seed, first }: HouseholdPlace): number {
  const { district, place, cycle } = idPlaceOf(seed, first);
  return (
    UNDATED.from + ((new Chance(seed, STREAM.day, district, place, 1).below(UNDATED.years) + cycle) % UNDATED.years)
  );
}

function kindOf({ seed, first }: HouseholdPlace, chance: Chance): TrueName['kind'] {
  const hasForeigners = idPlaceOf(seed, first).district === DISTRICT_WITH_FOREIGNERS;
  if (hasForeigners) return chance.happens(RATES.westernHousehold.rate) ? 'western' : 'chinese';
  return chance.happens(RATES.minorityHousehold.rate) ? 'minority' : 'chinese';
}

function spouseOf(head: Member, seed: number, chance: Chance): Member {
  const number = head.number + 1;
  const sex = head.sex === 'M' ? 'F' : 'M';
  const year = Math.min(yearOf(head.birthDate) + chance.between(-3, 4), THIS_YEAR - 20);
  const { name } = head;
  const ownName =
    name.kind === 'western' ? relativesName(name, sex, year, chance) : adultsName(name.kind, sex, year, chance);
  return adult(number, sex, year, ownName, seed);
}

function grandparentOf(head: Member, number: number, seed: number, chance: Chance): Member {
  const sex: Sex = chance.happens(0.45) ? 'M' : 'F';
  const year = yearOf(head.birthDate) - chance.between(22, 30);
  const { name } = head;
  const ownName = sex === 'M' ? relativesName(name, sex, year, chance) : adultsName(name.kind, sex, year, chance);
  return adult(number, sex, year, ownName, seed);
}

const adult = (number: number, sex: Sex, year: number, name: TrueName, seed: number): Member => ({
  number,
  name,
  sex,
  birthDate: dateIn(year, number, seed),
  mother: null,
  twin: null,
  isUndated: false,
});

function childrenOf(parents: readonly [Member, Member], onlyOne: boolean, seed: number, chance: Chance): Member[] {
  const [father, mother] = parents[0].sex === 'M' ? parents : [parents[1], parents[0]];
  const named = chance.happens(RATES.mothersSurname.rate) ? mother : father;
  const firstNumber = parents[1].number + 1;
  const mothersAge = THIS_YEAR - yearOf(mother.birthDate) - (onlyOne ? 0 : 1);
  const firstYear = yearOf(mother.birthDate) + chance.between(21, Math.min(35, mothersAge));
  const child = (number: number, year: number): Member => {
    const sex: Sex = chance.happens(0.52) ? 'M' : 'F';
    const name = relativesName(named.name, sex, year, chance);
    return { ...adult(number, sex, year, name, seed), mother: mother.number };
  };
  const eldest = child(firstNumber, firstYear);
  if (onlyOne) return [eldest];
  if (chance.happens(RATES.twinsAmongTwoChildren.rate)) return twins(eldest, chance);
  return [eldest, child(firstNumber + 1, firstYear + chance.between(1, Math.min(6, THIS_YEAR - firstYear)))];
}

function twins(eldest: Member, chance: Chance): Member[] {
  const number = eldest.number + 1;
  const otherSex = eldest.sex === 'M' ? 'F' : 'M';
  const sex = chance.happens(RATES.twinsOfOneSex.rate) ? eldest.sex : otherSex;
  const name = twinsName(eldest.name, sex, yearOf(eldest.birthDate), chance);
  return [
    { ...eldest, twin: { number, order: 1 } },
    { ...eldest, number, sex, name, twin: { number: eldest.number, order: 2 } },
  ];
}

const dateIn = (year: number, person: number, seed: number) => birthDateOf(year, idPlaceOf(seed, person).dayOfYear);
