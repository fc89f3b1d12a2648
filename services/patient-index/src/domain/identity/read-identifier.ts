import type { IdentifierType } from '@yinglian/contracts';
import { plain, plainNumber, withoutSpaces } from '@yinglian/names';
import type { Flag } from './flags.js';
import type { Identifier } from './identifier.js';
import { isChinesePassport, isCountry, readPassport } from './passport.js';
import { isPlaceholderNumber } from './placeholder-numbers.js';
import { isLikeResidentId, judgeResidentId } from './resident-id.js';

/** A number as a hospital stated it. */
export interface StatedNumber {
  readonly id: string;
  readonly issuer: string;
  readonly type: IdentifierType;
}

/** What a number says of who a patient is, and what is wrong with it. Two nulls: nothing was stated. */
export interface ReadNumber {
  readonly identifier: Identifier | null;
  readonly flag: Flag | null;
}

interface Offices {
  /** Who gave the number out; may be empty. */
  readonly issuer: string;
  readonly hospital: string;
}

const LONGEST_ISSUER = 64;
const NOTHING: ReadNumber = { identifier: null, flag: null };
const flagged = (flag: Flag): ReadNumber => ({ identifier: null, flag });
const unchecked = (value: string, flag: Flag): ReadNumber => ({
  identifier: { system: 'RESIDENT_ID_UNCHECKED', value, strength: 'weak' },
  flag,
});

/** Kinds in which 15 digits are a resident id of before 1999 rather than a card's number. */
const MAY_BE_OLD_RESIDENT_ID: readonly IdentifierType[] = ['RESIDENT_ID', 'UNKNOWN', 'HOSPITAL'];

/**
 * Reads a number of the stated kind. A resident id is one whatever kind was stated, and a number that is not built like its kind
 * is read as what it is built like. `today` is YYYYMMDD.
 */
export function readIdentifier({ id, issuer, type }: StatedNumber, hospital: string, today: string): ReadNumber {
  const number = plainNumber(id);
  if (number === '') return NOTHING;
  const resident = asResidentId(type, number, today);
  if (resident !== null) return resident;
  if (isPlaceholderNumber(number)) return flagged('NUMBER_PLACEHOLDER');
  const offices = { issuer: nameOf(issuer), hospital: nameOf(hospital) };
  if (type === 'HOSPITAL') return { identifier: ofHospital(id, offices), flag: null };
  const identifier = READERS[type](number, offices) ?? byConstruction(number);
  if (identifier !== null) return { identifier, flag: null };
  return type === 'UNKNOWN' ? { identifier: ofHospital(id, offices), flag: null } : flagged('NUMBER_IMPOSSIBLE');
}

function asResidentId(type: IdentifierType, number: string, today: string): ReadNumber | null {
  if (number.length === 15 && !MAY_BE_OLD_RESIDENT_ID.includes(type)) return null;
  const verdict = judgeResidentId(number, today);
  const stated = type === 'RESIDENT_ID' || type === 'PERMANENT_RESIDENCE';
  switch (verdict.kind) {
    case 'right':
      return { identifier: { system: 'RESIDENT_ID', value: verdict.number, strength: 'strong' }, flag: null };
    case 'placeholder':
      return flagged('NUMBER_PLACEHOLDER');
    case 'wrong-check':
      if (!stated && (type !== 'UNKNOWN' || !isLikeResidentId(verdict.number))) return null;
      return unchecked(verdict.number, 'NUMBER_CHECK_DIGIT');
    case 'impossible-date':
      return stated ? flagged('NUMBER_IMPOSSIBLE') : null;
    case 'none':
      // One character too few or too many is a slip.
      return stated && /^[1-9]\d{15,17}[\dX]$/.test(number) && !isPlaceholderNumber(number)
        ? unchecked(number, 'NUMBER_IMPOSSIBLE')
        : null;
  }
}

type Reader = (number: string, offices: Offices) => Identifier | null;

/** Kinds of numbers by their construction; "practice" where no rule is published. */
const READERS: Readonly<Record<Exclude<IdentifierType, 'HOSPITAL'>, Reader>> = {
  RESIDENT_ID: () => null,
  UNKNOWN: () => null,
  // Ministry of Public Security, rules of March 2010: a letter and eight digits for life, then two that count the cards.
  HONG_KONG_MACAO_PERMIT: (number) =>
    /^[HM]\d{8}(\d\d)?$/.test(number)
      ? { system: 'HONG_KONG_MACAO_PERMIT', value: number.slice(0, 9), strength: 'strong' }
      : null,
  // Cards since 2015 (practice).
  TAIWAN_PERMIT: (number) =>
    /^\d{8}$/.test(number) ? { system: 'TAIWAN_PERMIT', value: number, strength: 'strong' } : null,
  // The form of before December 2023: country, then twelve digits; the form since is a resident id.
  PERMANENT_RESIDENCE: (number) =>
    /^[A-Z]{3}\d{12}$/.test(number) ? { system: 'PERMANENT_RESIDENCE', value: number, strength: 'strong' } : null,
  PASSPORT: (number, { issuer }) => readPassport(number, issuer),
  // An electronic card's number is the nation's: 64 hexadecimal digits (practice).
  HEALTH_CARD: (number, offices) =>
    /^[0-9A-F]{64}$/.test(number)
      ? { system: 'HEALTH_CARD', value: number, strength: 'strong' }
      : ofRegion('HEALTH_CARD', number, offices),
  INSURANCE: (number, offices) => ofRegion('INSURANCE', number, offices),
  // 军字第1234567号 (practice).
  MILITARY: (number) => {
    const value = number.replace(/[字第号號]/g, '');
    return /^[\p{Script=Han}A-Z]{0,3}\d{5,12}$/u.test(value) ? { system: 'MILITARY', value, strength: 'medium' } : null;
  },
  // A letter for the edition, nine digits (practice). It is the mother's to keep, and seldom asked for again.
  BIRTH_CERTIFICATE: (number) =>
    /^[A-Z]\d{9}$/.test(number) ? { system: 'BIRTH_CERTIFICATE', value: number, strength: 'weak' } : null,
};

/**
 * Cards that a region gives out. Where the region is not stated they are evidence in all hospitals, for regions seldom give out the same
 * number; where the hospital is stated for it, in that hospital.
 */
function ofRegion(kind: 'HEALTH_CARD' | 'INSURANCE', number: string, { issuer, hospital }: Offices): Identifier | null {
  if (!/^(?=.*\d)[A-Z0-9]{4,64}$/.test(number)) return null;
  return {
    system: issuer === '' ? kind : `${kind}:${issuer}`,
    value: number,
    strength: issuer === '' || issuer === hospital ? 'medium' : 'strong',
  };
}

/** A number of one hospital keeps its hyphens: what stands behind may count visits. */
function ofHospital(id: string, { issuer, hospital }: Offices): Identifier {
  const value = withoutSpaces(plain(id));
  return { system: `HOSPITAL:${hospital}/${issuer}`, value, strength: 'weak' };
}

/**
 * What a number is most likely when its kind was not stated, or was another: evidence, and no proof. Eight digits alone are no
 * Taiwan permit, for hospitals number their patients so.
 */
function byConstruction(number: string): Identifier | null {
  const permanentResidence = /^([A-Z]{3})\d{6}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{2}$/.exec(number);
  if (permanentResidence !== null && isCountry(permanentResidence[1] ?? '')) {
    return { system: 'PERMANENT_RESIDENCE', value: number, strength: 'medium' };
  }
  if (/^[HM]\d{8}(\d\d)?$/.test(number)) {
    return { system: 'HONG_KONG_MACAO_PERMIT', value: number.slice(0, 9), strength: 'medium' };
  }
  if (isChinesePassport(number)) return { system: 'PASSPORT:CHN', value: number, strength: 'medium' };
  return null;
}

/** Of an office, as a part of a system's name: without the spaces that end it. */
const nameOf = (office: string): string => withoutSpaces(plain(office, LONGEST_ISSUER));
