import { Chance, STREAM } from './chance.js';
import { type Hospital, hospitalFor } from './hospitals.js';
import { idPlaceOf } from './layout.js';
import { RATES } from './rates.js';

/** Where somebody has a record, and under which number. */
export interface Visit {
  readonly hospital: Hospital;
  readonly localNumber: string;
  /** The number was another's before. */
  readonly isRecycled: boolean;
}

export const MOST_VISITS = 7;
/** Without a common factor with ten, so that numbers stay apart; below 2^53 with any number of a visit. */
const MULTIPLIER = 7_654_321;

/** How many records somebody has. */
export function visitCountOf(seed: number, person: number): number {
  const chance = new Chance(seed, STREAM.visits, person);
  let count = 1;
  while (count < MOST_VISITS && chance.happens(RATES.anotherRecord.rate)) count += 1;
  return count;
}

/** Each is to a hospital of its own, unless the person was registered again where they had been. @param ordinal from 0 */
export function visitOf(seed: number, person: number, ordinal: number): Visit {
  const chance = new Chance(seed, STREAM.visits, person, ordinal);
  const hasBeenSomewhere = ordinal > 0;
  if (hasBeenSomewhere && person > 0 && chance.happens(RATES.recycledNumber.rate)) {
    return { ...visitOf(seed, person - 1, 0), isRecycled: true };
  }
  const again = hasBeenSomewhere && chance.happens(RATES.sameHospitalAgain.rate);
  const hospital = again ? visitOf(seed, person, 0).hospital : hospitalFor(idPlaceOf(seed, person).district, chance);
  return { hospital, localNumber: localNumber(person * (MOST_VISITS + 1) + ordinal), isRecycled: false };
}

/** Eight digits, another for each visit and test. */
export const localNumber = (ordinal: number): string =>
  String((ordinal * MULTIPLIER + 1_234) % 10 ** 8).padStart(8, '0');
