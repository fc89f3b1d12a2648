import type { EventData, PatientObservedV1, PatientObservedV2, PatientObservedV3 } from '@yinglian/contracts';
import { type Address, hasControlCharacters, readAddress, unify } from '@yinglian/names';
import { readBirthDate } from './identity/birth-date.js';
import { contradictions } from './identity/contradictions.js';
import { type Flag, flagIf } from './identity/flags.js';
import type { Identifier } from './identity/identifier.js';
import { nameFlags } from './identity/name-flags.js';
import { type NewbornName, readNewbornName } from './identity/newborn-name.js';
import { readPhones } from './identity/phone.js';
import { readIdentifier, type StatedNumber } from './identity/read-identifier.js';
import { readNumbers } from './identity/read-numbers.js';
import { readSex } from './identity/sex.js';
import { whoseNumbers, yearsBetween } from './identity/whose-numbers.js';
import { groupsOf, type PersonName, readName } from './person-name.js';

/** By the images of a study, or by a message of HIS. */
export type ObservedPatient =
  | EventData<typeof PatientObservedV1>
  | EventData<typeof PatientObservedV2>
  | EventData<typeof PatientObservedV3>;

/** What a hospital said about its patient, read. */
export interface Observation {
  readonly name: PersonName;
  /** YYYYMMDD as stated; null when not stated or no date. Never taken from the resident id: it proves something. */
  readonly birthDate: string | null;
  /** M, F or O (PS3.3 C.2.3); empty when not stated. */
  readonly sex: string;
  /** The patient's own numbers, the hospital's first; those of a parent are left out. */
  readonly ids: readonly Identifier[];
  /** Distinct resident ids among them, in order. */
  readonly residentIds: readonly string[];
  /** Digits only, without the prefix of China. */
  readonly phones: readonly string[];
  readonly address: Address | null;
  /** Of a child: stated, or said by the name of a newborn. */
  readonly mother: Mother | null;
  /** Of a multiple birth; null when not stated. */
  readonly birthOrder: number | null;
  readonly flags: readonly Flag[];
}

export interface Mother {
  /** As people should see it; may be empty. */
  readonly name: string;
  readonly id: Identifier | null;
}

const SILENT = { phones: [], addresses: [], mother: null, birthOrder: null };

/** @param today YYYYMMDD */
export function readObservation(observed: ObservedPatient, today: string): Observation {
  const said = 'phones' in observed ? observed : { ...observed, ...SILENT };
  const { birthDate, flag: birthDateFlag } = readBirthDate(said.birthDate, today);
  const sex = readSex(said.sex);
  const seenOn = dayOf(said.observedAt, today);
  const newborn = newbornIn(said.name, birthDate, seenOn);
  const motherId = readMotherId(said.mother?.id ?? '', said.hospital, today);
  const numbers = readNumbers(said.patient, statedNumbers(observed), today);
  const { own, parents } = whoseNumbers(numbers.ids, newborn !== null, birthDate, seenOn, motherId);
  const residentIds = residentIdsIn(own);
  const { phones, placeholder } = readPhones(said.phones);
  const birthOrder = said.birthOrder ?? newborn?.birthOrder ?? null;
  const flags = [
    ...flagIf(newborn !== null, 'NEWBORN'),
    ...flagIf(birthOrder !== null || newborn?.multiple === true, 'MULTIPLE_BIRTH'),
    ...nameFlags(said.name),
    ...flagIf(textsIn(observed).some(hasControlCharacters), 'CONTROL_CHARACTERS'),
    ...(birthDateFlag === null ? [] : [birthDateFlag]),
    ...numbers.flags,
    ...flagIf(newborn === null && parents.length > 0, 'NUMBER_OF_PARENT'),
    ...contradictions(residentIds, birthDate, sex),
    ...flagIf(placeholder, 'PHONE_PLACEHOLDER'),
  ];
  return {
    name: readName(said.name),
    birthDate,
    sex,
    ids: own,
    residentIds,
    phones,
    address: readAddress(said.addresses),
    mother: motherOf(said.mother?.name ?? '', newborn, motherId ?? (newborn === null ? null : (parents[0] ?? null))),
    birthOrder,
    flags: [...new Set(flags)],
  };
}

/** A name that may be a grown person's is a newborn's in the first year, or when there is no birth date to tell. */
function newbornIn(name: ObservedPatient['name'], birthDate: string | null, seenOn: string): NewbornName | null {
  const found = groupsOf(name).flatMap((group) => readNewbornName(unify(group)) ?? []);
  const certain = found.find((one) => one.certain);
  if (certain !== undefined) return certain;
  return birthDate === null || yearsBetween(birthDate, seenOn) < 1 ? (found[0] ?? null) : null;
}

/** Kinds of numbers are told since patient.observed.v3. */
function statedNumbers(observed: ObservedPatient): readonly StatedNumber[] {
  if ('phones' in observed) return observed.otherIds;
  return observed.otherIds.map((one) => ({ ...one, type: 'UNKNOWN' }));
}

const residentIdsIn = (ids: readonly Identifier[]): string[] =>
  ids
    .filter(({ system }) => system === 'RESIDENT_ID')
    .map(({ value }) => value)
    .sort();

const readMotherId = (id: string, hospital: string, today: string): Identifier | null =>
  readIdentifier({ id, issuer: '', type: 'UNKNOWN' }, hospital, today).identifier;

function motherOf(stated: string, newborn: NewbornName | null, id: Identifier | null): Mother | null {
  const [name = ''] = [stated, newborn?.mother ?? ''].flatMap((text) => readName({ alphabetic: text }).shown);
  return name === '' && id === null ? null : { name, id };
}

function textsIn(observed: ObservedPatient): string[] {
  const { name, birthDate, sex, patient, otherIds } = observed;
  const texts = [...groupsOf(name), birthDate, sex, patient.id, ...otherIds.map(({ id }) => id)];
  if (!('phones' in observed)) return texts;
  const { phones, addresses, mother } = observed;
  return [...texts, ...phones, ...addresses.flatMap(({ lines }) => lines), mother?.id ?? '', mother?.name ?? ''];
}

/** Of an instant in ISO 8601. */
const dayOf = (instant: string, today: string): string =>
  /^\d{4}-\d\d-\d\d/.test(instant) ? instant.slice(0, 10).replaceAll('-', '') : today;
