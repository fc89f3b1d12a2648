import { expect, it } from '@jest/globals';
import { recordOf } from '../../testing/compared-record.js';
import { countTerms, termsOf } from './count-terms.js';

const wang = recordOf({ name: '王^小雨', birthDate: '19800312', phones: ['13800000000'], address: { city: '杭州市' } });

it('the terms of a record are those that its comparisons look up', () => {
  expect(termsOf(wang)).toEqual([
    { field: 'hanName', term: '王小雨' },
    { field: 'spelledName', term: 'wangxiaoyu' },
    { field: 'birthDate', term: '19800312' },
    { field: 'phone', term: '13800000000' },
    { field: 'city', term: '杭州市' },
  ]);
  expect(termsOf(recordOf({ name: 'SMITH^JOHN' }))).toEqual([
    { field: 'spelledName', term: 'smithjohn' },
    { field: 'familyName', term: 'smith' },
    { field: 'givenName', term: 'john' },
  ]);
});

it('a frequency is the share of the records that state the field', () => {
  const frequencyOf = countTerms([
    wang,
    recordOf({ name: '王小雨' }),
    recordOf({ name: '李娜' }),
    recordOf({ name: 'LI^NA' }),
  ]);
  expect(frequencyOf('hanName', '王小雨')).toBeCloseTo(2 / 3);
  expect(frequencyOf('spelledName', 'lina')).toBe(0.5);
  expect(frequencyOf('city', '杭州市')).toBe(1);
  expect(frequencyOf('hanName', '张伟')).toBeUndefined();
  expect(frequencyOf('phone', '1')).toBeUndefined();
});
