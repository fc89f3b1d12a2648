import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { yearOf } from './birth-date.js';
import type { Chance } from './chance.js';
import { HOSPITALS, type Hospital, WITHOUT_ID } from './hospitals.js';
import type { Person } from './person.js';
import { personAt } from './person-at.js';
import { fifteenDigits } from './resident-number.js';
import type { Slips } from './slips.js';

type ObservedNumber = EventData<typeof PatientObservedV3>['otherIds'][number];

/** What is typed where there is no id. */
export const PLACEHOLDERS = [
  '111111111111111111',
  '000000000000000000',
  '123456789012345678',
  '11010519491231002X',
  '无',
  '不详',
  '999999999999999999',
];
const FIFTEEN_DIGITS_UNTIL = 1960;
/** The province: gateways are told whose cards their hospitals read (`issuers` of a sender in a hospital's file). */
const CARD_ISSUER = '330000';

/** The numbers that a hospital has of somebody beside its own. `card` is whose card was shown: the patient's, or a relative's. */
export function numbersInProgram(card: Person, hospital: Hospital, slips: Slips, seed: number): ObservedNumber[] {
  return slips.happens(WITHOUT_ID[hospital.kind])
    ? [...inPlaceOfId(hospital, slips, seed), ...otherCards(card, slips)]
    : numbersOnCards(card, slips);
}

/** Of somebody who has shown a document. */
export const numbersOnCards = (person: Person, slips: Slips): ObservedNumber[] => [
  writtenDocument(person, slips),
  ...otherCards(person, slips),
];

function otherCards(card: Person, slips: Slips): ObservedNumber[] {
  const numbers: ObservedNumber[] = [];
  if (slips.happens('insuranceNumber')) {
    numbers.push({ id: readCard(card.insuranceNumber, slips), issuer: CARD_ISSUER, type: 'INSURANCE' });
  }
  if (slips.happens('healthCard')) {
    numbers.push({ id: readCard(card.healthCard, slips), issuer: CARD_ISSUER, type: 'HEALTH_CARD' });
  }
  return numbers;
}

function inPlaceOfId(hospital: Hospital, slips: Slips, seed: number): ObservedNumber[] {
  if (!slips.happens('placeholderId')) return [];
  const id = slips.happens('registrarsId') ? registrarsId(hospital, seed) : slips.chance.pick(PLACEHOLDERS);
  return [{ id, issuer: '', type: 'UNKNOWN' }];
}

/** One clerk's a hospital, who is a person of the province too. */
export function registrarsId(hospital: Hospital, seed: number): string {
  const clerk = personAt(seed, HOSPITALS.indexOf(hospital) * 26);
  return clerk.document.number;
}

function writtenDocument({ document, birthDate }: Person, slips: Slips): ObservedNumber {
  if (document.type !== 'RESIDENT_ID') return { id: document.number, issuer: document.issuer, type: document.type };
  let id = slips.maybe('wrongIdDigit', document.number, withWrongDigit);
  id = slips.maybe('swappedIdDigits', id, withSwappedDigits);
  if (yearOf(birthDate) < FIFTEEN_DIGITS_UNTIL) id = slips.maybe('fifteenDigitId', id, fifteenDigits);
  id = slips.maybe('smallX', id, (text) => text.replace('X', 'x'));
  id = slips.maybe('fullWidthId', id, fullWidth);
  id = slips.maybe('spacedId', id, (text) => `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}`);
  return { id, issuer: '', type: 'RESIDENT_ID' };
}

const readCard = (number: string, slips: Slips) => slips.maybe('wrongCardDigit', number, withWrongDigit);

/** One digit, not the first, is another. */
export function withWrongDigit(text: string, chance: Chance): string {
  const places = [...text].flatMap((character, place) => (place > 0 && /\d/.test(character) ? [place] : []));
  if (places.length === 0) return text;
  const place = chance.pick(places);
  const digit = (Number(text.charAt(place)) + chance.between(1, 9)) % 10;
  return text.slice(0, place) + digit + text.slice(place + 1);
}

function withSwappedDigits(text: string, chance: Chance): string {
  const place = chance.between(1, text.length - 3);
  return text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);
}

const fullWidth = (text: string) =>
  text.replace(/[\dXx]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));
