import { Chance, STREAM } from './chance.js';
import { HOSPITALS } from './hospitals.js';
import { blankRecord, type ObservedRecord, recordOf } from './observed-record.js';
import { RATES } from './rates.js';
import { localNumber, MOST_VISITS, visitCountOf } from './visits.js';
import { PLACEHOLDERS } from './written-numbers.js';

export interface ProvinceSize {
  readonly persons: number;
  readonly seed: number;
}

const FIRST_SECOND = Date.UTC(2026, 0, 1) / 1000;
/** About as many as a hundred hospitals send. */
const RECORDS_A_SECOND = 10;

/**
 * What the hospitals of a province record of its persons, in the order in which it comes: everybody's first record, neighbours far
 * apart, then the second of those who have one, and so on. Nothing is kept in memory.
 */
export function* provinceRecords({ persons, seed }: ProvinceSize): Generator<ObservedRecord> {
  let ordinal = 0;
  const observedAt = () => {
    ordinal += 1;
    return new Date((FIRST_SECOND + Math.floor(ordinal / RECORDS_A_SECOND)) * 1000).toISOString();
  };
  for (let visit = 0; visit < MOST_VISITS; visit += 1) {
    for (const person of scattered(persons)) {
      if (visitCountOf(seed, person) > visit) yield recordOf(seed, person, visit, observedAt());
      if (visit === 0 && hasTestPatient(seed, person)) yield testRecord(seed, person, observedAt());
    }
  }
}

/** All numbers below the count, each once. */
function* scattered(count: number): Generator<number> {
  let step = Math.max(1, Math.floor(count * GOLDEN_RATIO));
  while (commonFactor(step, count) > 1) step += 1;
  for (let index = 0; index < count; index += 1) yield (index * step) % count;
}

const GOLDEN_RATIO = 0.618;

function hasTestPatient(seed: number, person: number): boolean {
  return new Chance(seed, STREAM.testPatient, person).happens(RATES.testPatient.rate);
}

/** Made to try a program or device: nobody's. */
function testRecord(seed: number, person: number, observedAt: string): ObservedRecord {
  const chance = new Chance(seed, STREAM.testPatient, person, 1);
  const hospital = chance.pick(HOSPITALS);
  const data = {
    ...blankRecord(hospital, localNumber(person * (MOST_VISITS + 1) + MOST_VISITS), observedAt),
    name: { alphabetic: chance.pick(['测试', '测试患者', 'TEST^PATIENT', 'test', '测试1']), charsetGuessed: false },
    birthDate: chance.pick(['20000101', '19000101', '']),
    sex: chance.pick(['M', 'F']),
    otherIds: chance.happens(0.5) ? [{ id: chance.pick(PLACEHOLDERS), issuer: '', type: 'RESIDENT_ID' as const }] : [],
  };
  return { truth: -1 - person, slips: ['testPatient'], data, completed: null };
}

const commonFactor = (one: number, other: number): number => (other === 0 ? one : commonFactor(other, one % other));
