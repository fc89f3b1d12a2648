import { describe, expect, it } from '@jest/globals';
import { PatientObservedV3 } from '@yinglian/contracts';
import { HOSPITALS } from './hospitals.js';
import type { ObservedRecord } from './observed-record.js';
import type { Person } from './person.js';
import { personAt } from './person-at.js';
import { provinceRecords } from './province-records.js';
import { RATES, type RateName } from './rates.js';
import { isResidentNumber } from './resident-number.js';
import { fullName } from './written-name.js';
import { PLACEHOLDERS, registrarsId } from './written-numbers.js';

const SEED = 3;
const PERSONS = 25_000;
const records = [...provinceRecords({ persons: PERSONS, seed: SEED })];
const ofSomebody = records.filter(({ truth }) => truth >= 0);
const persons = Array.from({ length: PERSONS }, (_, number) => personAt(SEED, number));
const personOf = ({ truth }: ObservedRecord): Person => persons[truth] ?? personAt(SEED, truth);
const havingSlip = (slip: RateName) => records.filter(({ slips }) => slips.includes(slip));
const byProgram = ofSomebody.filter(
  ({ slips }) => !['deviceOnly', 'newbornRecord', 'unknownEmergency'].some((slip) => slips.some((one) => one === slip)),
);

/** As often as declared, within five standard deviations, of those in which it can happen. */
function expectDeclared(slip: RateName, among: readonly ObservedRecord[]): void {
  const { rate } = RATES[slip];
  const happened = among.filter(({ slips }) => slips.includes(slip)).length / among.length;
  const tolerance = 5 * Math.sqrt((rate * (1 - rate)) / among.length);
  expect(Math.abs(happened - rate)).toBeLessThan(tolerance);
}

describe('records of a generated province', () => {
  it('are the same with the same seed, and others with another', () => {
    const few = (seed: number) => [...provinceRecords({ persons: 300, seed })];
    expect(few(1)).toEqual(few(1));
    expect(few(2)).not.toEqual(few(1));
  });

  it('are patients as gateways tell of them', () => {
    const refused = records.filter(({ data }) => !PatientObservedV3.data.safeParse(data).success);
    expect(refused).toEqual([]);
  });

  it('are 1.2 to 1.5 a head, of everybody, in twenty hospitals', () => {
    expect(ofSomebody.length / PERSONS).toBeCloseTo(1.35, 1);
    expect(new Set(ofSomebody.map(({ truth }) => truth)).size).toBe(PERSONS);
    expect(new Set(records.map(({ data }) => data.hospital)).size).toBe(20);
  });

  it('come in an order in which neighbours in it are not of one household', () => {
    const households = ofSomebody.map((record) => personOf(record).household[0]);
    expect(households.filter((household, place) => place > 0 && household === households[place - 1])).toEqual([]);
  });

  it('have numbers of their hospitals that are theirs alone, but for those given out again', () => {
    const keys = records.map(({ data }) => `${data.hospital}/${data.patient.id}`);
    expect(records.length - new Set(keys).size).toBe(havingSlip('recycledNumber').length);
  });

  it('go wrong as often as declared', () => {
    for (const slip of ['deviceOnly', 'unknownEmergency'] as const) expectDeclared(slip, ofSomebody);
    for (const slip of ['renamed', 'noBirthDate', 'noSex', 'insuranceNumber', 'noPhone', 'noAddress'] as const) {
      expectDeclared(slip, byProgram);
    }
    const withResidentId = byProgram.filter(({ data }) => data.otherIds.some(({ type }) => type === 'RESIDENT_ID'));
    for (const slip of ['wrongIdDigit', 'spacedId'] as const) expectDeclared(slip, withResidentId);
    for (const kind of ['tertiary', 'secondary', 'primary'] as const) {
      const codes = HOSPITALS.filter((hospital) => hospital.kind === kind).map(({ code }) => code);
      const there = byProgram.filter(({ data }) => codes.includes(data.hospital));
      const slip = ({ tertiary: 'noIdTertiary', secondary: 'noIdSecondary', primary: 'noIdPrimary' } as const)[kind];
      expectDeclared(slip, there);
    }
  });

  it('have the right id, name and date of their person unless something is said to have gone wrong', () => {
    const spoilt: readonly RateName[] = [
      'borrowedCard',
      'wrongIdDigit',
      'swappedIdDigits',
      'fifteenDigitId',
      'smallX',
      'fullWidthId',
      'spacedId',
    ];
    const plain = byProgram.filter(({ slips }) => !slips.some((slip) => spoilt.includes(slip)));
    const ids = plain.flatMap((record) =>
      record.data.otherIds
        .filter(({ type }) => type === 'RESIDENT_ID')
        .map(({ id }) => ({ id, person: personOf(record) })),
    );
    expect(ids.length).toBeGreaterThan(PERSONS);
    expect(ids.filter(({ id, person }) => id !== person.document.number)).toEqual([]);
  });

  it('have ids whose check character is wrong where a digit is', () => {
    for (const { data } of havingSlip('wrongIdDigit')) {
      const [id = ''] = data.otherIds.filter(({ type }) => type === 'RESIDENT_ID').map(({ id }) => plainId(id));
      expect(isResidentNumber(id)).toBe(false);
    }
    expect(havingSlip('wrongIdDigit').length).toBeGreaterThan(30);
  });

  it('have pinyin and no number where only a device describes somebody', () => {
    for (const { data } of havingSlip('deviceOnly')) {
      expect(data).toMatchObject({ otherIds: [], phones: [], studyInstanceUid: expect.stringMatching(/^2\.25\.\d+$/) });
      expect(data.name.alphabetic).toMatch(/^[A-Z' -]+\^?[A-Z' -]*$/);
    }
  });

  it('that began without an id are completed later for half of the patients, with a number of the person’s own', () => {
    const began = ['deviceOnly', 'newbornRecord', 'unknownEmergency', 'noIdTertiary', 'noIdSecondary', 'noIdPrimary'];
    const incomplete = records.filter(({ slips }) => slips.some((slip) => began.includes(slip)));
    const completed = incomplete.filter((record) => record.completed !== null);
    expect(records.filter((record) => record.completed !== null)).toEqual(completed);
    expect(completed.length / incomplete.length).toBeCloseTo(0.5, 1);
    for (const record of completed) {
      expect(record.completed?.patient).toEqual(record.data.patient);
      expect(Date.parse(record.completed?.observedAt ?? '')).toBeGreaterThan(Date.parse(record.data.observedAt));
    }
    const owns = completed.filter((record) =>
      record.completed?.otherIds.some(({ id }) => plainId(id) === personOf(record).document.number),
    );
    expect(owns.length / completed.length).toBeGreaterThan(0.98);
  });

  it('name newborns by their mothers', () => {
    const newborns = havingSlip('newbornRecord');
    expect(newborns.length / PERSONS).toBeCloseTo(0.009, 2);
    for (const record of newborns) {
      const mother = personAt(SEED, personOf(record).mother ?? -1);
      expect(record.data.mother).toEqual({ id: mother.document.number, name: fullName(mother.name) });
      expect(record.data.name.alphabetic).toContain(`${fullName(mother.name)}之`);
    }
  });

  it('have a relative’s number with one’s own name where a card was borrowed', () => {
    const borrowed = havingSlip('borrowedCard');
    expect(borrowed.length).toBeGreaterThan(5);
    for (const record of borrowed) {
      const person = personOf(record);
      const relatives = person.household.map((number) => personAt(SEED, number).document.number);
      const ids = record.data.otherIds.filter(({ type }) => type === 'RESIDENT_ID').map(({ id }) => plainId(id));
      expect(ids.filter((id) => isResidentNumber(id) && !relatives.includes(id))).toEqual([]);
      expect(ids).not.toContain(person.document.number);
    }
  });

  it('share placeholders, and clerks’ ids, among many', () => {
    const placed = havingSlip('placeholderId').filter(({ data }) =>
      data.otherIds.some(({ id }) => PLACEHOLDERS.includes(id)),
    );
    expect(placed.length).toBeGreaterThan(50);
    const clerks = new Set(HOSPITALS.map((hospital) => registrarsId(hospital, SEED)));
    for (const { data } of havingSlip('registrarsId')) expect(clerks).toContain(data.otherIds[0]?.id);
    expect(havingSlip('registrarsId').length).toBeGreaterThan(5);
  });

  it('are of nobody where a program was tried', () => {
    const tests = havingSlip('testPatient');
    expect(tests.length / PERSONS).toBeCloseTo(RATES.testPatient.rate, 3);
    expect(tests.every(({ truth }) => truth < 0)).toBe(true);
    expect(new Set(tests.map(({ truth }) => truth)).size).toBe(tests.length);
  });

  it('know every slip that is declared', () => {
    const seen = new Set(records.flatMap(({ slips }) => slips));
    const ofRecords: readonly RateName[] = [
      'homophone',
      'likeCharacter',
      'variantSurname',
      'lostCharacter',
      'truncated',
      'otherDot',
      'noise',
      'pinyinToo',
      'swappedPinyin',
      'joinedPinyin',
      'swappedDayAndMonth',
      'wrongDateDigit',
      'onlyYearKnown',
      'wrongSex',
      'fifteenDigitId',
      'fullWidthId',
      'smallX',
      'swappedIdDigits',
      'wrongCardDigit',
      'birthDateFromCard',
      'mothersIdAsOwn',
      'newPhone',
      'relativesPhone',
      'moved',
      'addressInOneLine',
      'healthCard',
    ];
    expect(ofRecords.filter((slip) => !seen.has(slip))).toEqual([]);
  });
});

/** As it would be without full-width digits and spaces. */
const plainId = (id: string) => id.normalize('NFKC').replaceAll(' ', '').toUpperCase();
