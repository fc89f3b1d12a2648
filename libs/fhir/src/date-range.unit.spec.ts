import { describe, expect, it } from '@jest/globals';
import { common, readDateRange } from './date-range.js';

describe('a date parameter', () => {
  it.each([
    ['1992-03-17', '19920317', '19920317'],
    ['eq1992-02', '19920201', '19920229'],
    ['1992', '19920101', '19921231'],
    ['ge1992-03', '19920301', '99991231'],
    ['le1992-03', '00000101', '19920331'],
    ['gt1992-12', '19930101', '99991231'],
    ['sa1992-03-31', '19920401', '99991231'],
    ['lt1992', '00000101', '19911231'],
    ['eb1992-03-01', '00000101', '19920229'],
  ])('%s allows days', (value, first, last) => expect(readDateRange(value)).toEqual({ first, last }));

  it.each(['', '1992-13', '1992-02-30', 'ne1992', 'ap1992-01-01', '1992-01-01T10:00', '92', 'ge', '19920101'])(
    '"%s" is none',
    (value) => expect(readDateRange(value)).toBeNull(),
  );

  it('is narrowed by another one', () => {
    expect(common([])).toEqual({ first: '00000101', last: '99991231' });
    expect(
      common([
        { first: '19900101', last: '99991231' },
        { first: '00000101', last: '19921231' },
      ]),
    ).toEqual({
      first: '19900101',
      last: '19921231',
    });
  });
});
