import { describe, expect, it } from '@jest/globals';
import { nearDates } from './near-dates.js';
import { soundOfLetters, soundsOfHan, surnameOfHan, surnameOfParts } from './sounds.js';

describe('the sound of a name', () => {
  it.each([
    ['王小雨', 'wangxiaoyu'],
    ['王小雨', 'xiaoyuwang'],
    ['章伟', 'zhangwei'],
    ['单田芳', 'shantianfang'],
    ['单田芳', 'tianfangdan'],
    ['吕布', 'lyubu'],
    ['吕布', 'lubu'],
    ['买买提·艾力', 'aili maimaiti'.replace(' ', '')],
    ['尉迟恭', 'yuchigong'],
  ])('%s may be %s', (han, letters) => expect(soundsOfHan(han)).toContain(soundOfLetters(letters)));

  it.each([
    ['王小雨', 'wangxiaoyi'],
    ['张伟', 'weizhangg'],
  ])('%s is not %s', (han, letters) => expect(soundsOfHan(han)).not.toContain(soundOfLetters(letters)));

  it('is a positive number, the likeliest reading first, in a bounded count', () => {
    expect(soundsOfHan('单田芳')[0]).toBe(soundOfLetters('shantianfang'));
    expect(soundsOfHan('乐'.repeat(64)).length).toBeLessThanOrEqual(16);
    expect(soundsOfHan('??')).toEqual([]);
    for (const letters of ['', 'a', 'smith', 'x'.repeat(10_000)]) {
      expect(soundOfLetters(letters)).toBeGreaterThan(0);
      expect(soundOfLetters(letters)).toBeLessThan(2 ** 31);
    }
  });

  it('has the surname of both scripts alike', () => {
    expect(surnameOfParts(['wang', 'xiaoyu'])).toBe(surnameOfHan('王小雨'));
    expect(surnameOfParts(['wangxiaoyu'])).toBe(surnameOfHan('汪洋'));
    expect(surnameOfParts(['smith', 'john'])).toBe(surnameOfParts(['smith', 'jane']));
    expect([surnameOfHan('?伟'), surnameOfParts([])]).toEqual([0, 0]);
  });
});

describe('near birth dates', () => {
  const near = (date: string, meant: number) => nearDates(date).includes(meant);

  it.each([
    ['another month', '19920317', 19920817],
    ['day and month swapped', '19920307', 19920703],
    ['another last digit of the year', '19920317', 19980317],
    ['another decade', '19920317', 19820317],
  ])('%s', (_, date, meant) => expect(near(date, meant)).toBe(true));

  it('are few, and all of them days', () => {
    expect(near('19920317', 19870611)).toBe(false);
    expect(near('19920317', 19920305)).toBe(false);
    expect(near('20000229', 20010229)).toBe(false);
    expect(nearDates('19920317').length).toBeLessThan(35);
  });
});
