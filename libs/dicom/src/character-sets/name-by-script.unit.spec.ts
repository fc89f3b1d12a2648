import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameByScript } from './name-by-script.js';
import { type PersonName, personName } from './person-name.js';

const sorted = (value: string) => nameByScript(personName(value));

describe('a name by script', () => {
  it.each<[string, string, PersonName]>([
    ['as the standard has it', 'Wang^XiaoDong=王^小东', { alphabetic: 'Wang^XiaoDong', ideographic: '王^小东' }],
    ['Chinese in the first group', '王小东', { ideographic: '王小东' }],
    ['Chinese first, pinyin second', '王^小东=WANG^XIAODONG', { alphabetic: 'WANG^XIAODONG', ideographic: '王^小东' }],
    ['both in one group', '王小东(WANG XIAODONG)', { alphabetic: 'WANG XIAODONG', ideographic: '王小东' }],
    ['both in one group, pinyin first', 'WANG^XIAODONG^王小东', { alphabetic: 'WANG^XIAODONG', ideographic: '王小东' }],
    ['pinyin in the third group', '=王小东=wang xiaodong', { alphabetic: 'wang xiaodong', ideographic: '王小东' }],
    ['pinyin in two groups', 'WANG=王=wang', { alphabetic: 'WANG', ideographic: '王', phonetic: 'wang' }],
    ['pinyin in two groups alike', 'wang=王=wang', { alphabetic: 'wang', ideographic: '王' }],
    ['a twin’s letter', '李娜之子A', { ideographic: '李娜之子A' }],
    ['a middle dot', '阿迪力·买买提', { ideographic: '阿迪力·买买提' }],
    [
      'Japanese',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
      { alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', ideographic: '山田^太郎', phonetic: 'やまだ^たろう' },
    ],
    [
      'Korean',
      'Hong^Gildong=洪^吉洞=홍^길동',
      { alphabetic: 'Hong^Gildong', ideographic: '洪^吉洞', phonetic: '홍^길동' },
    ],
    ['a script of neither kind', 'Иванов^Иван', { alphabetic: 'Иванов^Иван' }],
    ['a number', '12345', { alphabetic: '12345' }],
    ['nothing', '', {}],
  ])('is read from %s', (_, value, expected) => {
    expect(sorted(value)).toEqual(expected);
  });

  const han = fc.stringMatching(/^[一-龥]{1,4}$/);
  const latin = fc.stringMatching(/^[A-Z][a-z]{1,8}\^[A-Z][a-z]{1,8}$/);

  it('does not depend on which group is which', () => {
    fc.assert(
      fc.property(han, latin, (ideographic, alphabetic) => {
        for (const value of [
          `${alphabetic}=${ideographic}`,
          `${ideographic}=${alphabetic}`,
          `${ideographic} ${alphabetic}`,
        ])
          expect(sorted(value)).toEqual({ alphabetic, ideographic });
      }),
    );
  });

  it('is the same when it is sorted again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const once = sorted(value);
        expect(nameByScript(once)).toEqual(once);
      }),
    );
  });
});
