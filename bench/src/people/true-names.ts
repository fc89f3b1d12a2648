import type { Chance } from './chance.js';
import { givenName, type Sex, twinsGivenName } from './given-names.js';
import { MINORITY_PARTS, RARE_CHARACTERS, WESTERN_FAMILY, WESTERN_GIVEN } from './other-names.js';
import type { TrueName } from './person.js';
import { RATES } from './rates.js';
import { surnames } from './surnames.js';

export interface Named {
  readonly name: TrueName;
  readonly sex: Sex;
}

/** A name of somebody who was not born into the household. */
export function adultsName(kind: TrueName['kind'], sex: Sex, year: number, chance: Chance): TrueName {
  if (kind === 'minority') {
    return { kind, parts: [chance.pick(MINORITY_PARTS[sex]), chance.pick(MINORITY_PARTS.M)] };
  }
  if (kind === 'western') return { kind, family: chance.pick(WESTERN_FAMILY), given: chance.pick(WESTERN_GIVEN[sex]) };
  return { kind, surname: surnames.pick(chance), given: maybeRare(givenName(sex, year, chance), chance) };
}

/** A name as the relative's, but for the given one. */
export function relativesName(relative: TrueName, sex: Sex, year: number, chance: Chance): TrueName {
  const own = adultsName(relative.kind, sex, year, chance);
  if (relative.kind === 'chinese' && own.kind === 'chinese') return { ...own, surname: relative.surname };
  if (relative.kind === 'western' && own.kind === 'western') return { ...own, family: relative.family };
  if (relative.kind === 'minority' && own.kind === 'minority') {
    return { ...own, parts: [own.parts[0] ?? '', relative.parts[0] ?? ''] };
  }
  return own;
}

export function twinsName(twin: TrueName, sex: Sex, year: number, chance: Chance): TrueName {
  if (twin.kind !== 'chinese') return relativesName(twin, sex, year, chance);
  return { ...twin, given: twinsGivenName(twin.given, sex, year, chance) };
}

function maybeRare(given: string, chance: Chance): string {
  if (!chance.happens(RATES.rareCharacter.rate)) return given;
  const { outsideGbk, withinGbk } = RARE_CHARACTERS;
  const rare = chance.pick(chance.happens(RATES.outsideGbk.rate) ? outsideGbk : withinGbk);
  return given.slice(0, -1) + rare;
}
