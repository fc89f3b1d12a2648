import { describe, expect, it } from '@jest/globals';
import { hanIn, latinIn, unify } from '@yinglian/names';
import { readName } from './person-name.js';

const read = (text: string) => readName({ alphabetic: text });

describe('a Chinese name', () => {
  it.each([
    ['a bullet', '买买提•艾力'],
    ['a hyphenation point', '买买提‧艾力'],
    ['a katakana dot', '买买提・艾力'],
    ['a half-width katakana dot', '买买提･艾力'],
    ['a dot operator', '买买提⋅艾力'],
    ['a bullet operator', '买买提∙艾力'],
    ['a Greek dot', '买买提\u0387艾力'],
    ['a one dot leader', '买买提․艾力'],
    ['a black circle', '买买提●艾力'],
    ['a full stop', '买买提.艾力'],
    ['a full-width full stop', '买买提．艾力'],
    ['a Chinese full stop', '买买提。艾力'],
    ['a hyphen', '买买提-艾力'],
    ['spaces around the dot', '买买提 · 艾力'],
    ['two dots', '买买提··艾力'],
  ])('has one dot between its parts: %s', (_, text) => expect(read(text).han).toEqual(['买买提·艾力']));

  it.each([
    ['a question mark', '张?丰'],
    ['a full-width question mark', '张？丰'],
    ['a box', '张□丰'],
    ['a geta mark', '张〓丰'],
    ['a replacement character', '张\uFFFD丰'],
    ['half a surrogate pair', '张\uD87E丰'],
    ['private use', '张\uE863丰'],
    ['private use of plane 15', '张\u{F0001}丰'],
    ['what is hidden on purpose', '张*丰'],
    ['its parts in brackets', '张(火火)丰'],
    ['its parts in other brackets', '张【火火】丰'],
  ])('has one sign for a character that was lost: %s', (_, text) => expect(read(text).han).toEqual(['张?丰']));

  it.each([
    ['beyond the first plane', '王𬱖', '王𬱖'],
    ['compatibility forms', '⾦\uF90A龍', '金金龍'],
    ['selectors of variants', '葛\u{E0100}城', '葛城'],
    ['invisible ones', '\uFEFF李\u200B娜\u202E', '李娜'],
    ['full-width spaces', '李　娜', '李娜'],
  ])('has its characters: %s', (_, text, han) => expect(read(text).han).toEqual([han]));

  it('of 10,000 characters is cut, and read as fast as any', () => {
    expect(read('王'.repeat(10_000)).han).toEqual(['王'.repeat(64)]);
    expect(read(`${'ﷺ'.repeat(10_000)}`).shown[0]?.length).toBeLessThanOrEqual(64);
  });

  it('keeps no letter of which child it is', () => {
    expect(read('王芳之子A')).toEqual({
      han: ['王芳之子'],
      latin: [],
      components: [],
      shown: ['王芳之子A'],
      newborn: true,
    });
  });

  it('of nobody, or of a test, is left out', () => {
    const none = { han: [], latin: [], components: [], shown: [], newborn: false };
    expect(['无名氏3', '三无人员', 'Unknown^Male', '测试01', 'TEST^PATIENT', ''].map(read)).toEqual(
      Array(6).fill(none),
    );
  });
});

describe('a name in letters', () => {
  it.each([
    ['particles', 'van der Berg^Jan', ['van', 'der', 'berg', 'jan']],
    ['accents', 'García-Núñez^José María', ['garcia', 'nunez', 'jose', 'maria']],
    ['a decomposed accent', 'Nu\u0301n\u0303ez^Jose', ['nunez', 'jose']],
    ['an apostrophe', "O'Brien^Seán", ['obrien', 'sean']],
    ['a typographic apostrophe', 'D’Angelo^Zoë', ['dangelo', 'zoe']],
    ['letters that are no letter with a mark', 'Łukasiewicz^Øyvind Strauß', ['lukasiewicz', 'oyvind', 'strauss']],
    ['an umlaut, which is not the ü of pinyin', 'Müller^Günter', ['muller', 'gunter']],
    ['the ü of pinyin', 'LÜ^NÜYING', ['lv', 'nvying']],
    ['the ü of pinyin with a tone', 'Lǚ^Bù', ['lv', 'bu']],
    ['the ü of pinyin as u:', 'LU:^BU', ['lv', 'bu']],
    ['full-width letters', 'ＬＩ＾ＮＡ', ['li', 'na']],
    ['Cyrillic', 'Иванов^Пётр', ['иванов', 'пётр']],
    ['Uyghur', 'مەمەتئېلى ئابدۇرېھىم', ['مەمەتئېلى', 'ئابدۇرېھىم']],
    ['Uyghur in forms of position', 'ﻣﻪﻣﻪﺕ', ['مهمهت']],
    ['Tibetan, with its vowels', 'བཀྲ་ཤིས་ཚེ་རིང', ['བཀྲ', 'ཤིས', 'ཚེ', 'རིང']],
    ['Mongolian, without its selectors', 'ᠪᠠᠶᠠᠷ\u180B ᠰᠤᠶᠤᠯ', ['ᠪᠠᠶᠠᠷ', 'ᠰᠤᠶᠤᠯ']],
    ['Korean', '김철수', ['김철수']],
  ])('is read: %s', (_, text, parts) => expect(latinIn(unify(text))).toEqual(parts));

  it('beside Chinese is kept', () => {
    expect(read('李娜 LI NA')).toMatchObject({ han: ['李娜'], latin: [['li', 'na']] });
    expect(hanIn(unify('LI NA'))).toBe('');
  });
});
