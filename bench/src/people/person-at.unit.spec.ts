import { describe, expect, it } from '@jest/globals';
import { THIS_YEAR, yearOf } from './birth-date.js';
import { DISTRICTS, MOST_PERSONS } from './layout.js';
import type { Person } from './person.js';
import { personAt } from './person-at.js';
import { RATES } from './rates.js';
import { isResidentNumber } from './resident-number.js';
import { fullName } from './written-name.js';

const SEED = 7;
const PERSONS = 30_000;
const persons = Array.from({ length: PERSONS }, (_, number) => personAt(SEED, number));
const shareOf = (holds: (person: Person) => boolean, among: readonly Person[] = persons) =>
  among.filter(holds).length / among.length;
const ageOf = ({ birthDate }: Person) => THIS_YEAR - yearOf(birthDate);

describe('a person of a generated province', () => {
  it('is the same whoever was made before, and another with another seed', () => {
    const [last, first] = [personAt(SEED, PERSONS - 1), personAt(SEED, 0)];
    expect([first, last]).toEqual([persons[0], persons[PERSONS - 1]]);
    expect(personAt(SEED + 1, 0)).not.toEqual(first);
  });

  it('is refused beyond as many as have resident ids of their own', () => {
    expect(() => personAt(SEED, MOST_PERSONS)).toThrow('at most 12996555 persons');
  });

  it('has a resident id that is right, says birth date and sex, and is nobody else’s', () => {
    const withId = persons.filter(({ document }) => document.type !== 'PASSPORT');
    expect(withId.length).toBeGreaterThan(PERSONS * 0.99);
    const wrong = withId.filter(
      ({ document: { number }, birthDate, sex }) =>
        !isResidentNumber(number) ||
        number.slice(6, 14) !== birthDate ||
        Number(number.charAt(16)) % 2 !== (sex === 'M' ? 1 : 0),
    );
    expect(wrong).toEqual([]);
    for (const numberOf of [
      ({ document }: Person) => document.number,
      ({ insuranceNumber }: Person) => insuranceNumber,
      ({ healthCard }: Person) => healthCard,
    ]) {
      expect(new Set(persons.map(numberOf)).size).toBe(PERSONS);
    }
  });

  it('has an id of its own also among those who share district and place with it: they are born on other days', () => {
    const withPlace = (cycle: number) => personAt(SEED, DISTRICTS * 13 * 249 * cycle);
    const numbers = Array.from({ length: 28 }, (_, cycle) => withPlace(cycle).document.number);
    expect(new Set(numbers).size).toBe(28);
  });

  it('is of an age, a sex and a household as the census of 2020 has them', () => {
    expect(shareOf((person) => ageOf(person) < 15)).toBeCloseTo(0.18, 1);
    expect(shareOf((person) => ageOf(person) >= 60)).toBeCloseTo(0.187, 1);
    expect(shareOf((person) => ageOf(person) < 0 || ageOf(person) > 105)).toBe(0);
    expect(shareOf(({ sex }) => sex === 'M')).toBeCloseTo(0.51, 1);
    const households = new Set(persons.map(({ household }) => household[0])).size;
    expect(PERSONS / households).toBeCloseTo(2.6, 1);
  });

  it('is born on the first of January about as often as declared', () => {
    const undated = shareOf(({ birthDate }) => birthDate.endsWith('0101'));
    expect(undated).toBeCloseTo(RATES.bornFirstOfJanuary.rate / 13 + 1 / 365, 2);
  });

  it('shares an address with the household, a surname with the father or mother, and a phone with some', () => {
    const children = persons.filter(({ mother }) => mother !== null);
    expect(children.length).toBeGreaterThan(PERSONS / 4);
    const parentsOf = ({ household, mother }: Person) =>
      household
        .slice(0, 2)
        .map((number) => ({ isMother: number === mother, parent: persons[number] ?? personAt(SEED, number) }));
    const oddlyNamed = children.filter((child) =>
      parentsOf(child).every(({ parent }) => familyName(parent) !== familyName(child)),
    );
    expect(oddlyNamed.length).toBe(0);
    const afterMother = children.filter((child) =>
      parentsOf(child).every(({ parent, isMother }) => isMother === (familyName(parent) === familyName(child))),
    );
    expect(afterMother.length / children.length).toBeCloseTo(RATES.mothersSurname.rate, 1);
    expect(
      shareOf(
        (child) => parentsOf(child).every(({ parent }) => parent.address.street === child.address.street),
        children,
      ),
    ).toBe(1);
    expect(
      shareOf((child) => parentsOf(child).some(({ parent }) => parent.phone === child.phone), children),
    ).toBeGreaterThan(0.4);
  });

  it('is a twin once in sixty: of one day, one surname, with numbers that follow soon', () => {
    const twins = persons.filter(({ twin }) => twin !== null);
    expect(twins.length / PERSONS).toBeCloseTo(1 / 65, 2);
    for (const one of twins) {
      const other = personAt(SEED, one.twin?.number ?? 0);
      expect(other.twin?.number).toBe(one.number);
      expect(other.birthDate).toBe(one.birthDate);
      expect(familyName(other)).toBe(familyName(one));
      if (one.document.type === 'PASSPORT') continue;
      expect(other.document.number.slice(0, 14)).toBe(one.document.number.slice(0, 14));
      const apart = Math.abs(Number(one.document.number.slice(14, 17)) - Number(other.document.number.slice(14, 17)));
      expect([1, 2, 3]).toContain(apart);
    }
  });

  it('has a name twin of the same birth date elsewhere more often than by chance', () => {
    const heads = Array.from({ length: 20_000 }, (_, block) => personAt(SEED, block * 13));
    const groups = Map.groupBy(heads, (person) => fullName(person.name) + person.birthDate);
    const pairs = [...groups.values()].filter((group) => group.length > 1);
    // Where the dates of both are known.
    const expected = RATES.nameTwin.rate * (1 - RATES.bornFirstOfJanuary.rate) ** 2;
    expect(pairs.length / heads.length).toBeCloseTo(expected, 2);
    expect(pairs.length).toBeGreaterThan(50);
    for (const [one, other] of pairs) expect(one?.document.number).not.toBe(other?.document.number);
  });

  it('has a name as often as people have it', () => {
    const counts = new Map<string, number>();
    const named = 120_000;
    for (let number = 0; number < named; number += 1) {
      const name = fullName(personAt(SEED, number).name);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const share = (name: string) => (counts.get(name) ?? 0) / named;
    // 290,607, 281,568 and 268,268 of 1.4 billion.
    expect(share('张伟') * 10_000).toBeGreaterThan(1);
    for (const name of ['张伟', '王伟', '王芳']) expect(share(name) * 10_000).toBeLessThan(4);
    const most = [...counts.values()].reduce((one, other) => Math.max(one, other));
    expect(most / named).toBeLessThan(0.0004);
  });

  it('has a surname as often as people have it', () => {
    const surname = (name: string) =>
      shareOf((person) => person.name.kind === 'chinese' && person.name.surname === name);
    expect(surname('王')).toBeCloseTo(0.071, 2);
    expect(surname('李')).toBeCloseTo(0.07, 2);
    expect(surname('张')).toBeCloseTo(0.067, 2);
    expect(surname('徐')).toBeCloseTo(0.017, 2);
    expect(surname('欧阳')).toBeGreaterThan(0);
  });

  it('has a name of parts, or a Western one, about as often as declared', () => {
    expect(shareOf(({ name }) => name.kind === 'minority')).toBeCloseTo(RATES.minorityHousehold.rate, 2);
    expect(shareOf(({ name }) => name.kind === 'western')).toBeCloseTo(RATES.westernHousehold.rate / DISTRICTS, 3);
    expect(shareOf(({ name }) => name.kind === 'western')).toBeGreaterThan(0);
  });
});

function familyName({ name }: Person): string {
  if (name.kind === 'chinese') return name.surname;
  return name.kind === 'western' ? name.family : 'none';
}
