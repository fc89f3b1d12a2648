import { describe, expect, it } from '@jest/globals';
import { SampleChance } from '../../testing/sample-chance.js';
import { sampleProvince } from '../../testing/sample-province.js';
import { type AgreementPattern, patternsOf } from './agreement-patterns.js';
import { BLOCKING_RULES, HOUSEHOLD_RULES, pairsOf } from './blocking-rules.js';
import { COMPARISONS, HOUSEHOLD_FIELDS } from './comparisons.js';
import { learnFromRecords } from './learn-from-records.js';
import { learnModel } from './learn-model.js';

type Planted = Readonly<Record<string, readonly number[]>>;

const M: Planted = {
  hanName: [0.9, 0.01, 0.02, 0.03, 0.02, 0.02],
  birthDate: [0.92, 0.04, 0.01, 0.01, 0.02],
  sex: [0.98, 0.02],
  strongNumber: [0.93, 0.03, 0.01, 0.03],
  city: [0.8, 0.05, 0.02, 0.13],
};
const U: Planted = {
  hanName: [0.001, 0.001, 0.001, 0.005, 0.03, 0.962],
  birthDate: [0.001, 0.002, 0.005, 0.01, 0.982],
  sex: [0.5, 0.5],
  strongNumber: [0.0005, 0.0005, 0.0005, 0.9985],
  city: [0.1, 0.01, 0.1, 0.79],
};

describe('expectation maximisation', () => {
  const chance = new SampleChance(7);
  const blockOf = (heldOut: string, of: number, size: number) => ({
    heldOut: [heldOut],
    patterns: drawn(size, chance, (n) => (n < size * of ? M : U), heldOut),
  });
  const allPairs = 50_000_000;
  const blocks = [
    blockOf('birthDate', 0.2, 40_000),
    blockOf('hanName', 0.05, 60_000),
    blockOf('strongNumber', 0.9, 20_000),
  ];
  const model = learnModel({
    random: drawn(400_000, chance, () => U),
    blocks,
    households: drawn(20_000, chance, (n) => (n < 5_000 ? M : U)),
    candidates: drawn(100_000, chance, (n) => (n < 30_000 ? M : U)),
    allPairs,
  });

  it('recovers what was planted, without labels', () => {
    for (const [field, shares] of Object.entries(M)) {
      const levels = COMPARISONS.find((one) => one.field === field)?.levels ?? [];
      for (const [rank, level] of levels.entries()) {
        const learned = model.fields[field]?.[level];
        expect(Math.abs((learned?.m ?? 0) - (shares[rank] ?? 0))).toBeLessThan(0.015);
        expect(Math.abs((learned?.u ?? 0) - (U[field]?.[rank] ?? 0))).toBeLessThan(0.005);
      }
    }
  });

  it('finds how many pairs are one person’s, at large and within a household', () => {
    expect(model.lambda / (30_000 / allPairs)).toBeCloseTo(1, 1);
    expect(model.household).toBeCloseTo(0.25, 1);
  });

  it('leaves out what no pair states', () => expect(Object.keys(model.fields).sort()).toEqual(Object.keys(M).sort()));
});

describe('a generated province', () => {
  const people = sampleProvince(2_000, 11);
  const records = people.map(({ record }) => record);
  const personOf = new Map(people.map(({ record, person }) => [record, person]));
  const model = learnFromRecords(records, { randomPairs: 100_000, random: new SampleChance(3).share });
  const truth = [...pairsOf(records, BLOCKING_RULES)].filter(([a, b]) => personOf.get(a) === personOf.get(b));

  it('teaches about what its truth shows', () => {
    const counted = new Map<string, number>();
    for (const { levels, count } of patternsOf(truth)) {
      for (const [place, { field }] of COMPARISONS.entries()) {
        if (levels[place] === null) continue;
        counted.set(field, (counted.get(field) ?? 0) + count);
        const key = `${field} ${levels[place]}`;
        counted.set(key, (counted.get(key) ?? 0) + count);
      }
    }
    for (const field of ['hanName', 'birthDate', 'sex', 'strongNumber', 'phone', 'street']) {
      const share = (counted.get(`${field} same`) ?? 0) / (counted.get(field) ?? 0);
      expect(Math.abs((model.fields[field]?.same?.m ?? 0) - share)).toBeLessThan(0.05);
    }
    expect(model.lambda / (truth.length / ((records.length * (records.length - 1)) / 2))).toBeCloseTo(1, 0);
  });

  it('teaches how often a household’s pair is one person’s', () => {
    const pairs = [...pairsOf(records, HOUSEHOLD_RULES)];
    const one = pairs.filter(([a, b]) => personOf.get(a) === personOf.get(b)).length;
    expect(Math.abs(model.household - one / pairs.length)).toBeLessThan(0.05);
  });
});

it('of nothing nothing is learned', () => {
  const model = learnModel({ random: [], blocks: [], households: [], candidates: [], allPairs: 0 });
  expect(model.fields).toEqual({});
  expect(HOUSEHOLD_FIELDS.size).toBeGreaterThan(0);
});

function drawn(size: number, chance: SampleChance, sharesOf: (n: number) => Planted, equal = ''): AgreementPattern[] {
  const patterns = new Map<string, { levels: (string | null)[]; count: number }>();
  for (let n = 0; n < size; n += 1) {
    const shares = sharesOf(n);
    const levels = COMPARISONS.map(({ field, levels: names }) => {
      if (field === equal) return names[0] ?? null;
      let left = chance.share();
      return (
        names.find((_, rank) => {
          left -= shares[field]?.[rank] ?? 0;
          return left < 0;
        }) ?? null
      );
    });
    const known = patterns.get(levels.join());
    if (known === undefined) patterns.set(levels.join(), { levels, count: 1 });
    else known.count += 1;
  }
  return [...patterns.values()];
}
