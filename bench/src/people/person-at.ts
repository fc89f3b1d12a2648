import { THIS_YEAR, yearOf } from './birth-date.js';
import { Chance, STREAM } from './chance.js';
import { documentOf } from './identity-document.js';
import { householdOf, idPlaceOf, MOST_PERSONS } from './layout.js';
import { membersOf } from './members.js';
import type { Person } from './person.js';
import { addressIn } from './places.js';
import { RATES } from './rates.js';

const ADULT_AGE = 14;
/** Multipliers without a common factor with the powers of ten, so that numbers stay apart and tell nothing of each other. */
const [INSURANCE, HEALTH] = [7_368_787, 591_558_727];

/** The person with this number, 0 to below `MOST_PERSONS`: the same for the same seed, whoever was made before. */
export function personAt(seed: number, number: number): Person {
  if (number >= MOST_PERSONS) throw new Error(`A province has at most ${MOST_PERSONS} persons`);
  const place = householdOf(seed, number);
  const members = membersOf(place);
  const member = members[number - place.first];
  if (member === undefined) throw new Error(`Person ${number} is in no household`);
  const { district } = idPlaceOf(seed, number);
  const ofHousehold = new Chance(seed, STREAM.household, place.first, 3);
  const own = new Chance(seed, STREAM.person, number, 2);
  const householdPhone = mobileNumber(ofHousehold);
  const isAdult = THIS_YEAR - yearOf(member.birthDate) >= ADULT_AGE;
  return {
    number,
    name: member.name,
    sex: member.sex,
    birthDate: member.birthDate,
    document: documentOf(member, seed),
    insuranceNumber: `${33_0000 + district}${scrambled(number, INSURANCE, 9)}`,
    healthCard: `A${scrambled(number, HEALTH, 10)}`,
    phone: isAdult && own.happens(RATES.ownPhone.rate) ? mobileNumber(own) : householdPhone,
    address: addressIn(district, ofHousehold),
    district,
    household: members.map((one) => one.number),
    mother: member.mother,
    twin: member.twin,
  };
}

export const mobileNumber = (chance: Chance): string => `1${chance.between(3, 9)}${chance.digits(9)}`;

/** Products stay below 2^53, which JavaScript counts exactly. */
const scrambled = (number: number, multiplier: number, digits: number): string =>
  String((number * multiplier + 48_271) % 10 ** digits).padStart(digits, '0');
