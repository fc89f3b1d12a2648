import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordOf, type StatedRecord } from '../../testing/compared-record.js';
import { sampleProvince } from '../../testing/sample-province.js';
import { readName } from '../person-name.js';
import { countTerms } from './count-terms.js';
import { DEFAULT_MODEL } from './default-model.js';
import { weigh } from './weigh.js';

const uncounted = () => undefined;
const weighed = (
  a: StatedRecord,
  b: StatedRecord,
  frequencyOf: (field: string, term: string) => number | undefined = uncounted,
) => weigh(recordOf(a), recordOf(b), DEFAULT_MODEL, frequencyOf);
const bitsOf = (field: string, evidence: ReturnType<typeof weigh>) =>
  evidence.fields.find((one) => one.field === field)?.bits ?? 0;

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('王', '小', '晓', '?', '·', 'a', 'n', '^', ' '), maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '王小雨',
    '王晓雨',
    '张?',
    '张??丰',
    '单田芳',
    '买买提·艾力',
    'LI^NA',
    'LINA',
    'NA^LI',
    'SMITH^JOHN',
    'JOHN^SMITH',
    '^JOHN',
    'a b c',
  ),
);
const digits = fc.stringMatching(/^[0-9X]{0,8}$/);
const stated = fc.record({
  name: text,
  birthDate: fc.option(fc.constantFrom('19800312', '19801203', '19800313', '19940312', '20000101')),
  sex: fc.constantFrom('', 'M', 'F', 'O'),
  ids: fc.array(
    fc.record({
      system: fc.constantFrom('RESIDENT_ID', 'RESIDENT_ID_UNCHECKED', 'SSN', 'HOSPITAL:H001/'),
      value: digits,
      strength: fc.constantFrom('strong' as const, 'medium' as const, 'weak' as const),
    }),
    { maxLength: 12 },
  ),
  phones: fc.array(digits, { maxLength: 12 }),
  address: fc.record({
    text,
    street: text,
    streetNumber: digits,
    district: text,
    city: text,
    state: text,
    postalCode: digits,
  }),
});
const people = sampleProvince(300, 5).map(({ record }) => record);
const frequencyOf = countTerms(people);
const groups = fc.record({ alphabetic: text, ideographic: text, phonetic: text });
const record = fc.oneof(
  fc.tuple(stated, groups).map(([one, name]) => ({ ...recordOf(one), name: readName(name) })),
  fc.constantFrom(...people),
);

describe('the weight of evidence', () => {
  it('is the same from either side', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        expect(weigh(b, a, DEFAULT_MODEL, frequencyOf)).toEqual(weigh(a, b, DEFAULT_MODEL, frequencyOf));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the sum of what is explained, and its probability', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const { bits, priorBits, probability, fields } = weigh(a, b, DEFAULT_MODEL, frequencyOf);
        expect(fields.reduce((sum, field) => sum + field.bits, priorBits)).toBeCloseTo(bits, 9);
        if (Math.abs(bits) < 30) expect(Math.log2(probability / (1 - probability))).toBeCloseTo(bits, 3);
        expect(fields.every((field) => Number.isFinite(field.bits))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of records that state nothing in common is the prior', () => {
    const evidence = weighed({ name: '王小雨' }, { birthDate: '19800312' });
    expect(evidence).toEqual({
      bits: evidence.priorBits,
      priorBits: evidence.priorBits,
      probability: expect.any(Number),
      fields: [],
    });
    expect(evidence.probability).toBeCloseTo(DEFAULT_MODEL.lambda, 12);
  });

  it('is greater for a rare name than for a frequent one', () => {
    const shares: Record<string, number> = { 张伟: 0.0002, 曾夔: 1e-7 };
    const counted = (_: string, term: string) => shares[term];
    const frequent = bitsOf('hanName', weighed({ name: '张伟' }, { name: '张伟' }, counted));
    const rare = bitsOf('hanName', weighed({ name: '曾夔' }, { name: '曾夔' }, counted));
    expect(rare - frequent).toBeCloseTo(Math.log2(0.0002 / 1e-7), 9);
  });

  it('of the first of January is less than of another day', () => {
    const counted = (_: string, term: string) => (term.endsWith('0101') ? 0.001 : 0.00002);
    const day = (birthDate: string) => bitsOf('birthDate', weighed({ birthDate }, { birthDate }, counted));
    expect(day('19600101')).toBeLessThan(day('19600307'));
  });

  it('never tells the members of a household apart by what they share', () => {
    const home = {
      phones: ['13800000000'],
      address: { streetNumber: '90', street: '文三路', district: '西湖区', city: '杭州市', postalCode: '310012' },
    };
    const rare = () => 1e-9;
    const evidence = weighed(home, home, rare);
    expect(evidence.probability).toBeCloseTo(DEFAULT_MODEL.household, 9);
    expect(evidence.fields.at(-1)).toEqual({ field: 'household', level: 'shared', bits: expect.any(Number) });
  });

  it('ignores what the model did not learn', () => {
    const model = { ...DEFAULT_MODEL, fields: {} };
    const a = recordOf({ name: '王小雨', sex: 'F' });
    expect(weigh(a, a, model, uncounted).fields).toEqual([
      { field: 'hanName', level: 'same', bits: 0 },
      { field: 'sex', level: 'same', bits: 0 },
    ]);
  });

  it('costs little, whatever is stated', () => {
    const long = (character: string) => character.repeat(100_000);
    const spellings = Array.from({ length: 2_000 }, (_, n) => `${long('乐')}${n}`);
    const ids = spellings.slice(0, 200).map((value) => ({ system: 'X', value, strength: 'strong' as const }));
    const address = {
      text: long('a'),
      street: long('b'),
      streetNumber: long('1'),
      district: long('c'),
      city: long('乐'),
      state: '',
      postalCode: long('2'),
    };
    const giant = (end: string) => ({
      name: {
        han: spellings.map((name) => name + end),
        latin: [[long('an') + end], Array.from(long('a'))],
        components: [{ family: long('ab') + end, given: long('ba') }],
      },
      birthDate: long('1') + end,
      sex: 'M',
      ids,
      phones: spellings,
      address,
    });
    const [a, b] = [giant(''), giant('x')];
    weigh(a, b, DEFAULT_MODEL, uncounted);
    const startedAt = performance.now();
    weigh(a, b, DEFAULT_MODEL, uncounted);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
