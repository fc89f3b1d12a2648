import { Chance, STREAM } from './chance.js';
import { idPlaceOf } from './layout.js';
import type { Member } from './members.js';
import type { IdentityDocument } from './person.js';
import { abolishedAddressCode, addressCode } from './places.js';
import { RATES } from './rates.js';
import { residentNumber } from './resident-number.js';

/** The one district where people of Hong Kong, Macao and Taiwan live. */
const DISTRICT_WITH_PERMITS = 0;
/** First two of the digits of residence permits: Hong Kong, Macao, Taiwan. */
const PERMITS = ['810000', '820000', '830000'];
/** ISO 3166-1 alpha-3 and numeric. */
const COUNTRIES: readonly (readonly [string, string])[] = [
  ['USA', '840'],
  ['GBR', '826'],
  ['DEU', '276'],
  ['FRA', '250'],
  ['ITA', '380'],
];

/** What the person has as a proof of who they are; its number is nobody else's. */
export function documentOf(member: Member, seed: number): IdentityDocument {
  const owner = ownerOfPlace(member);
  const chance = new Chance(seed, STREAM.person, owner, 1);
  if (member.name.kind === 'western') return foreignersDocument(member, seed, chance);
  const { district } = idPlaceOf(seed, owner);
  const hasPermit = district === DISTRICT_WITH_PERMITS && chance.happens(RATES.hongKongMacaoTaiwan.rate);
  const isStranger = chance.happens(RATES.fromOtherProvince.rate);
  if (member.isUndated) return residentId(abolishedAddressCode(district), member, seed);
  return residentId(hasPermit ? chance.pick(PERMITS) : addressCode(district, isStranger), member, seed);
}

/** Cards of permanent residents are built like resident ids since 2023: 9, the province, the country, birth date and order. */
function foreignersDocument(member: Member, seed: number, chance: Chance): IdentityDocument {
  const [country, countryNumber] = chance.pick(COUNTRIES);
  if (!member.isUndated && chance.happens(RATES.permanentResident.rate)) {
    return { ...residentId(`933${countryNumber}`, member, seed), type: 'PERMANENT_RESIDENCE' };
  }
  return { type: 'PASSPORT', number: `P${String(member.number).padStart(8, '0')}`, issuer: country };
}

/** Four orders a place: man and woman, and the same of a second twin, whose number so follows soon. */
function residentId(code: string, member: Member, seed: number): IdentityDocument {
  const { place } = idPlaceOf(seed, ownerOfPlace(member));
  const order = place * 4 + (member.sex === 'M' ? 1 : 2) + (member.twin?.order === 2 ? 2 : 0);
  return { type: 'RESIDENT_ID', number: residentNumber(code, member.birthDate, order), issuer: '' };
}

const ownerOfPlace = ({ number, twin }: Member) => (twin?.order === 2 ? twin.number : number);
