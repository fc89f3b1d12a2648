import { describe, expect, it } from '@jest/globals';
import { recordOf, type StatedRecord } from '../../testing/compared-record.js';
import { learnedFromSample } from '../../testing/learned-from-sample.js';
import { DEFAULT_MODEL } from './default-model.js';
import { MatchModel } from './match-model.js';
import { weigh } from './weigh.js';

const WANG: StatedRecord = {
  name: '王小雨',
  birthDate: '19800312',
  sex: 'F',
  ids: [{ system: 'RESIDENT_ID', value: '330106198003120026', strength: 'strong' }],
  phones: ['13800000000'],
  address: { streetNumber: '90', street: '文三路', district: '西湖区', city: '杭州市', postalCode: '310012' },
};
const probability = (a: StatedRecord, b: StatedRecord) =>
  weigh(recordOf(a), recordOf(b), DEFAULT_MODEL, () => undefined).probability;

describe('the shipped model', () => {
  it('is what the generated province teaches', () => {
    expect({ ...learnedFromSample(), lambda: DEFAULT_MODEL.lambda }).toEqual(DEFAULT_MODEL);
  });

  it('survives JSON', () => {
    expect(MatchModel.parse(JSON.parse(JSON.stringify(DEFAULT_MODEL)))).toEqual(DEFAULT_MODEL);
    expect(MatchModel.safeParse({ ...DEFAULT_MODEL, lambda: 0 }).success).toBe(false);
  });

  it.each([
    ['all is equal', WANG],
    ['the name is in pinyin', { ...WANG, name: 'WANG^XIAOYU' }],
    ['a homophone was typed', { ...WANG, name: '王晓雨' }],
    ['day and month are swapped, without a number', { ...WANG, birthDate: '19801203', ids: [] }],
    ['she has moved and has another phone', { ...WANG, phones: ['13911111111'], address: {} }],
  ])('says one person where %s', (_, other) => expect(probability(WANG, other)).toBeGreaterThan(0.9));

  it.each([
    ['her husband', { ...WANG, name: '李强', birthDate: '19781105', sex: 'M', ids: [] }],
    ['her sister', { ...WANG, name: '王小云', birthDate: '19830719', ids: [] }],
    [
      'her twin brother, with his number',
      {
        ...WANG,
        name: '王小风',
        sex: 'M',
        ids: [{ system: 'RESIDENT_ID', value: '330106198003120114', strength: 'strong' as const }],
      },
    ],
    [
      'somebody of her name',
      { name: '王小雨', birthDate: '19620904', sex: 'F', address: { city: '杭州市', district: '滨江区' } },
    ],
    ['somebody of her name and birth date only', { name: '王小雨', birthDate: '19800312' }],
  ])('does not say one person of %s', (_, other) => expect(probability(WANG, other)).toBeLessThan(0.99));

  it('says nobody in particular of a stranger', () => {
    expect(probability(WANG, { name: '李娜', birthDate: '19551130', sex: 'F' })).toBeLessThan(1e-9);
  });
});
