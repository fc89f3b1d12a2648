import type { EventData, PatientObservedV3 } from '@yinglian/contracts';
import { THIS_YEAR, yearOf } from './birth-date.js';
import { Chance, STREAM } from './chance.js';
import type { Hospital } from './hospitals.js';
import type { Person } from './person.js';
import { mobileNumber, personAt } from './person-at.js';
import { type Address, anyAddress } from './places.js';
import type { RateName } from './rates.js';
import { Slips } from './slips.js';
import { visitOf } from './visits.js';
import { writtenDate } from './written-dates.js';
import { fullName, nameAtDevice, nameInProgram } from './written-name.js';
import { numbersInProgram, numbersOnCards } from './written-numbers.js';

export type PatientData = EventData<typeof PatientObservedV3>;

/** What a hospital says of a patient, and whose record it is in truth. */
export interface ObservedRecord {
  /** Number of the person; below 0 when it is nobody's, another for each record. */
  readonly truth: number;
  readonly slips: readonly RateName[];
  readonly data: PatientData;
  /** What the hospital says of the same patient when it knows more; null when it never does. */
  readonly completed: PatientData | null;
}

/** Why a record began without an id of its own. */
const INCOMPLETE: readonly RateName[] = [
  'deviceOnly',
  'newbornRecord',
  'unknownEmergency',
  'noIdTertiary',
  'noIdSecondary',
  'noIdPrimary',
];
const COMPLETED_AFTER_MS = 7 * 86_400_000;

/** The record of somebody's visit, from 0. */
export function recordOf(seed: number, number: number, visit: number, observedAt: string): ObservedRecord {
  const person = personAt(seed, number);
  const { hospital, localNumber, isRecycled } = visitOf(seed, number, visit);
  const slips = new Slips(new Chance(seed, STREAM.record, number, visit));
  if (isRecycled) slips.happened.push('recycledNumber');
  const blank = blankRecord(hospital, localNumber, observedAt);
  const isBornHere = visit === 0 && person.mother !== null && yearOf(person.birthDate) === THIS_YEAR;
  const said = saidOf(person, hospital, slips, seed, isBornHere);
  const record = { truth: number, slips: slips.happened, data: { ...blank, ...said } };
  if (!slips.happened.some((slip) => INCOMPLETE.includes(slip))) return { ...record, completed: null };
  const later = new Slips(new Chance(seed, STREAM.completion, number, visit));
  if (!later.happens('completedLater')) return { ...record, completed: null };
  const knownNow = saidWithId(person, hospital, later, seed);
  return { ...record, completed: { ...blank, ...knownNow, observedAt: whenCompleted(observedAt) } };
}

function saidOf(
  person: Person,
  hospital: Hospital,
  slips: Slips,
  seed: number,
  isBornHere: boolean,
): Partial<PatientData> {
  if (slips.happens('unknownEmergency')) return { name: nobodysName(slips.chance), sex: person.sex };
  if (isBornHere && slips.happens('newbornRecord')) return saidOfNewborn(person, slips, seed);
  if (slips.happens('deviceOnly')) return saidByDevice(person, hospital, slips);
  return saidByProgram(person, hospital, slips, seed);
}

/** Without anything said of the patient. */
export function blankRecord(hospital: Hospital, localNumber: string, observedAt: string): PatientData {
  return {
    hospital: hospital.code,
    patient: { hospital: hospital.code, issuer: '', id: localNumber },
    name: { alphabetic: '', charsetGuessed: false },
    birthDate: '',
    sex: '',
    otherIds: [],
    phones: [],
    addresses: [],
    mother: null,
    birthOrder: null,
    studyInstanceUid: null,
    observedAt,
  };
}

/** The bill was settled with a card, the newborn has got a name, or the registration caught up with the emergency. */
function saidWithId(person: Person, hospital: Hospital, slips: Slips, seed: number): Partial<PatientData> {
  return {
    name: nameInProgram(person, hospital, slips, seed),
    birthDate: writtenDate(person.birthDate, hospital, slips),
    sex: writtenSex(person, slips),
    otherIds: numbersOnCards(person, slips),
    phones: writtenPhones(person, slips, seed),
    addresses: writtenAddresses(person, slips),
  };
}

const whenCompleted = (observedAt: string): string =>
  new Date(Date.parse(observedAt) + COMPLETED_AFTER_MS).toISOString();

function saidByProgram(person: Person, hospital: Hospital, slips: Slips, seed: number): Partial<PatientData> {
  const card = cardShown(person, slips, seed);
  const source = card !== person && slips.happens('birthDateFromCard') ? card : person;
  return {
    name: nameInProgram(person, hospital, slips, seed),
    birthDate: writtenDate(source.birthDate, hospital, slips),
    sex: writtenSex(source, slips),
    otherIds: numbersInProgram(card, hospital, slips, seed),
    phones: writtenPhones(person, slips, seed),
    addresses: writtenAddresses(person, slips),
  };
}

/** The Study Instance UID is of the UUID kind (PS3.5 section B.2). */
function saidByDevice(person: Person, hospital: Hospital, slips: Slips): Partial<PatientData> {
  return {
    name: nameAtDevice(person, slips),
    birthDate: writtenDate(person.birthDate, hospital, slips),
    sex: writtenSex(person, slips),
    studyInstanceUid: `2.25.${slips.chance.between(1, 9)}${slips.chance.digits(30)}`,
  };
}

/** 王芳之子: without a name or number of its own. */
function saidOfNewborn(person: Person, slips: Slips, seed: number): Partial<PatientData> {
  const mother = personAt(seed, person.mother ?? 0);
  const isTwin = person.twin !== null;
  const childName = `${fullName(mother.name)}之${person.sex === 'M' ? '子' : '女'}`;
  const order = person.twin?.order ?? null;
  const mark = isTwin ? slips.chance.pick([order === 1 ? 'A' : 'B', order === 1 ? '(双胞胎大)' : '(双胞胎小)']) : '';
  const motherId = mother.document.number;
  return {
    name: { alphabetic: childName + mark, charsetGuessed: false },
    birthDate: person.birthDate,
    sex: person.sex,
    otherIds: slips.happens('mothersIdAsOwn') ? [{ id: motherId, issuer: '', type: 'RESIDENT_ID' }] : [],
    phones: [mother.phone],
    addresses: writtenAddresses(person, slips),
    mother: { id: motherId, name: fullName(mother.name) },
    birthOrder: order,
  };
}

function cardShown(person: Person, slips: Slips, seed: number): Person {
  const others = person.household.filter((one) => one !== person.number);
  if (others.length === 0 || !slips.happens('borrowedCard')) return person;
  return personAt(seed, slips.chance.pick(others));
}

function writtenSex(person: Person, slips: Slips): string {
  if (slips.happens('noSex')) return '';
  const other = person.sex === 'M' ? 'F' : 'M';
  return slips.happens('wrongSex') ? other : person.sex;
}

function writtenPhones(person: Person, slips: Slips, seed: number): string[] {
  if (slips.happens('noPhone')) return [];
  if (slips.happens('newPhone')) return [mobileNumber(slips.chance)];
  if (person.household.length === 1 || !slips.happens('relativesPhone')) return [person.phone];
  return [personAt(seed, slips.chance.pick(person.household)).phone];
}

function writtenAddresses(person: Person, slips: Slips): PatientData['addresses'] {
  if (slips.happens('noAddress')) return [];
  const address = slips.happens('moved') ? anyAddress(slips.chance) : person.address;
  return [slips.happens('addressInOneLine') ? inOneLine(address) : inParts(address)];
}

const inOneLine = ({ state, city, district, street }: Address) => ({
  lines: [state + city + district + street],
  district: '',
  city: '',
  state: '',
  postalCode: '',
});

const inParts = ({ state, city, district, street }: Address) => ({
  lines: [street],
  district,
  city,
  state,
  postalCode: '',
});

const nobodysName = (chance: Chance) => ({
  alphabetic: chance.pick(['无名氏', '无名氏', '急诊无名', '未知', 'UNKNOWN']),
  charsetGuessed: false,
});
