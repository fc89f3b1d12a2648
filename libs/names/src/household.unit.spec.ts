import { describe, expect, it } from '@jest/globals';
import { householdOf } from './household.js';
import { surnameOf } from './surname.js';

const at = (...lines: string[]) => [{ lines, district: '', city: '', state: '', postalCode: '' }];
const HOME = at('杭州市文三路391号2幢301室');

describe('a surname', () => {
  it.each([
    ['陈^建国', '陈'],
    ['陈建国', '陈'],
    ['陳^建國', '陈'],
    ['欧阳^靖', '欧阳'],
    ['欧阳靖轩', '欧阳'],
    ['歐陽靖', '欧阳'],
    // A given name that makes a surname of two characters is none of it.
    ['东方', '东'],
    ['陈建国^', '陈'],
    ['买买提·艾力', null],
    ['?明', null],
    ['', null],
  ])('of %s is %s', (ideographic, surname) => {
    expect(surnameOf({ ideographic })).toBe(surname);
  });

  it('in letters is told where it stands apart, and characters go first', () => {
    expect(surnameOf({ alphabetic: 'VAN DER BERG^Jan' })).toBe('vanderberg');
    expect(surnameOf({ alphabetic: 'JAN BERG' })).toBeNull();
    expect(surnameOf({ alphabetic: 'CHEN^JIANGUO', ideographic: '陈^建国' })).toBe('陈');
  });
});

describe('a household', () => {
  const home = householdOf({ ideographic: '陈^建国' }, HOME);

  it('is the same for a family, however a hospital writes name and address', () => {
    const apart = { lines: ['文三路３９１号', '2幢 301室'], city: '杭州市', district: '', state: '', postalCode: '' };
    expect(home).not.toBeNull();
    expect(householdOf({ alphabetic: '陳美玲' }, [apart])).toBe(home);
  });

  it('is another one next door, and of another surname', () => {
    expect(householdOf({ ideographic: '陈^建国' }, at('杭州市文三路391号2幢302室'))).not.toBe(home);
    expect(householdOf({ ideographic: '林^建国' }, HOME)).not.toBe(home);
  });

  it('is none in a village without a number, and where nobody said where', () => {
    const name = { ideographic: '陈^建国' };
    const nowhere = [[], at('不详'), at('福州市永泰县陈家村'), at('3号')];
    expect(nowhere.map((addresses) => householdOf(name, addresses))).toEqual([null, null, null, null]);
  });
});
