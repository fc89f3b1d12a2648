import { describe, expect, it } from '@jest/globals';
import { namesAgree } from './name-agreement.js';
import { readName } from './person-name.js';

const pn = (text: string) => {
  const [alphabetic, ideographic, phonetic] = text.split('=');
  return readName({
    ...(alphabetic ? { alphabetic } : {}),
    ...(ideographic ? { ideographic } : {}),
    ...(phonetic ? { phonetic } : {}),
  });
};

describe('two names', () => {
  it.each([
    ['Chinese in the first group, pinyin elsewhere', '王^小雨', 'WANG^XIAOYU=王^小雨'],
    ['groups swapped', '王^小雨=WANG^XIAOYU', 'WANG^XIAOYU=王^小雨'],
    ['pinyin of Chinese', '李娜', 'LI^NA'],
    ['pinyin in one word', '李娜', 'LINA'],
    ['pinyin with a space', '李娜', 'Li Na'],
    ['pinyin with the surname last', '李娜', 'NA^LI'],
    ['pinyin syllable by syllable', '王小雨', 'WANG XIAO YU'],
    ['pinyin given name first', '王小雨', 'Xiaoyu WANG'],
    ['pinyin with tone marks', '李娜', 'Lǐ Nà'],
    ['pinyin on both sides', 'LI^NA', 'LINA'],
    ['pinyin on both sides, turned', 'Na Li', 'LI^NA'],
    ['both scripts in one group', '李娜 LI NA', 'LI^NA'],
    ['spaces and carets', '李　娜', '李^娜'],
    ['full-width letters', '李娜', 'ＬＩ＾ＮＡ'],
    ['a polyphonic surname as Shan', '单田芳', 'SHAN^TIANFANG'],
    ['a polyphonic surname as Dan', '单田芳', 'DAN^TIANFANG'],
    ['Xie or Jie', '解晓东', 'JIE^XIAODONG'],
    ['Zeng or Ceng', '曾国藩', 'CENG^GUOFAN'],
    ['Zhai or Di', '翟天', 'DI^TIAN'],
    ['a compound surname', '尉迟恭', 'YUCHI^GONG'],
    ['a compound surname last', '尉迟恭', 'GONG YUCHI'],
    ['Lü as LV', '吕布', 'LV^BU'],
    ['Lü as LYU', '吕布', 'LYU^BU'],
    ['Lü as LU', '吕布', 'LU^BU'],
    ['Lü as it is', '吕布', 'LÜ^BU'],
    ['LYU and LV', 'LYU^BU', 'LV^BU'],
    ['Xin Yu, which has no ü', '欣雨', 'XIN YU'],
    ['variants', '闫肖', '阎萧'],
    ['more variants', '付于邱', '傅余丘'],
    ['traditional characters', '陳偉', '陈伟'],
    ['a lost character', '张?', '张堃'],
    ['a lost character as a box', '张□', '张堃'],
    ['the two bytes of a lost character', '张??丰', '张䶮丰'],
    ['a character of private use', '张\uE863', '张䶮'],
    ['a character described by its parts', '王(火火火)', '王焱'],
    ['middle dots of several kinds', '买买提·艾力', '买买提•艾力'],
    ['a katakana dot', '买买提·艾力', '买买提・艾力'],
    ['a full stop for a dot', '买买提·艾力', '买买提.艾力'],
    ['no dot', '买买提·艾力', '买买提艾力'],
    ['a name cut at ten', '阿卜杜热西提·阿卜杜', '阿卜杜热西提·阿卜杜热合曼'],
    ['noise', '李娜 12床', '李娜急诊'],
    ['characters beyond the first plane', '𬱖^王', '𬱖王'],
  ])('agree: %s', (_, a, b) => {
    expect(namesAgree(pn(a), pn(b))).toBe('agree');
    expect(namesAgree(pn(b), pn(a))).toBe('agree');
  });

  it.each([
    ['other characters', '李娜', '李丽'],
    ['homophones in Chinese', '张伟', '张玮'],
    ['Chinese against other pinyin', '李娜', 'LI^LI'],
    ['only a surname', '李娜', 'LI'],
    ['only initials', '王小雨', 'WXY'],
    ['pinyin against other pinyin', 'LI^NA', 'LI^LI'],
    ['lost characters beside another surname', '张?', '李堃'],
    ['a longer name', '张伟', '张伟明'],
    ['a beginning that was not cut off', '买买提', '买买提·艾力'],
    ['nothing but lost characters', '??王', '李娜'],
  ])('differ: %s', (_, a, b) => {
    expect(namesAgree(pn(a), pn(b))).toBe('differ');
    expect(namesAgree(pn(b), pn(a))).toBe('differ');
  });

  it.each([
    ['empty', '', '李娜'],
    ['a placeholder', '无名氏', '李娜'],
    ['a test', 'TEST', 'LI^NA'],
    ['signs only', '???', '李娜'],
  ])('are not compared: %s', (_, a, b) => expect(namesAgree(pn(a), pn(b))).toBe('unknown'));

  it('are compared at once, however they are made', () => {
    const startedAt = performance.now();
    namesAgree(pn(`王${'?'.repeat(63)}`), pn('wang'.repeat(16)));
    namesAgree(pn('?'.repeat(63).concat('王')), pn('王'.concat('?'.repeat(63))));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('a name', () => {
  it('is shown as written, Chinese first', () => {
    expect(pn('WANG^XIAOYU=王^小雨').shown).toEqual(['王小雨', 'WANG XIAOYU']);
  });

  it('says that a newborn is meant', () => {
    expect(['王芳之子', '王芳^之女', '王之涣'].map((text) => pn(text).newborn)).toEqual([true, true, false]);
  });

  it('keeps no character that a database refuses', () => {
    expect(pn('王\u0000芳\ud800').shown).toEqual(['王芳\ufffd'.replace('\ufffd', '?')]);
  });
});
