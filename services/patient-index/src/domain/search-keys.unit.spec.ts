import { describe, expect, it } from '@jest/globals';
import { nameKeys, syllablesIn, typedNameKeys } from '@yinglian/names';
import { personIdOf } from './person-id.js';
import { readName } from './person-name.js';

const finds = (typed: string, alphabetic: string) => {
  const words = new Set(nameKeys(readName({ alphabetic })));
  const asked = typedNameKeys(typed);
  if (asked === null) return false;
  const oneOfAny = asked.any.length === 0 || asked.any.some((key) => words.has(key));
  return oneOfAny && asked.every.every((key) => words.has(key));
};

describe('a name', () => {
  it.each([
    ['王小雨', '王^小雨'],
    ['小雨', '王^小雨'],
    ['王', '王^小雨'],
    ['wangxiaoyu', '王^小雨'],
    ['Wang Xiaoyu', '王^小雨'],
    ['xiaoyu wang', '王^小雨'],
    ['wxy', '王^小雨'],
    ['WXY', '王^小雨'],
    ['wxy', 'WANG^XIAOYU'],
    ['xiaoyu', 'WANGXIAOYU'],
    ['yu xiao', 'XIAO^YU'],
    ['wang xiao yu', 'WANG^XIAOYU'],
    ['王xiaoyu', '王^小雨'],
    ['zw', '张伟'],
    ['单', '单田芳'],
    ['dan tian fang', '单田芳'],
    ['shan tian fang', '单田芳'],
    ['lv bu', '吕布'],
    ['lyu bu', '吕布'],
    ['lü bu', '吕布'],
    ['lyubu', 'LV^BU'],
    ['yuchi gong', '尉迟恭'],
    ['gong yuchi', '尉迟恭'],
    ['闫', '阎明'],
    ['买买提艾力', '买买提·艾力'],
    ['提艾', '买买提·艾力'],
    ['买买提·艾力·吐尔逊', '买买提·艾力·吐尔逊'],
    ['smith', 'SMITH^JOHN'],
    ['john smith', 'SMITH^JOHN'],
    ["o'brien", "O'BRIEN^PAT"],
  ])('typed as %s finds %s', (typed, name) => expect(finds(typed, name)).toBe(true));

  it.each([
    ['雨小', '王^小雨'],
    ['wang', '李娜'],
    ['王娜', '王小雨'],
    ['%', '王小雨'],
    ['w_y', '王小雨'],
    ['张%', '王小雨'],
    ["' OR 1=1 --", '王小雨'],
  ])('typed as %s does not find %s', (typed, name) => expect(finds(typed, name)).toBe(false));

  it('has a bounded number of keys, made at once', () => {
    const startedAt = performance.now();
    expect(nameKeys(readName({ alphabetic: '乐'.repeat(64) })).length).toBeLessThan(3_000);
    expect(nameKeys(readName({ alphabetic: 'a '.repeat(162) })).length).toBeLessThan(3_000);
    expect(nameKeys(readName({ alphabetic: 'an'.repeat(162) })).length).toBeLessThan(3_000);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('pinyin', () => {
  it('is cut into syllables in each way', () => {
    expect(syllablesIn('xian')).toEqual([['xian'], ['xia', 'n'], ['xi', 'an']].filter((way) => !way.includes('n')));
    expect(syllablesIn('smith')).toEqual([]);
  });
});

describe('a person id', () => {
  it('is P and a ULID, in the order of time', () => {
    const id = personIdOf(new Date('2026-11-24T00:00:00Z'), new Uint8Array(10).fill(255));
    expect(id).toMatch(/^P0[0-9A-HJKMNP-TV-Z]{25}$/);
    expect(personIdOf(new Date('2026-11-24T00:00:01Z'), new Uint8Array(10)) > id).toBe(true);
  });
});
