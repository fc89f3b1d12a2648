import { describe, expect, it } from '@jest/globals';
import { nameWordsOf, nameWordsQuery } from './name-words.js';

describe('a typed name as a query', () => {
  it.each([
    ['张伟', "'h:张伟'"],
    ['zhangwei', "('p:zhangwei':* | 'i:zhangwei')"],
    ['Zhang^Wei', "('p:zhangwei':* | 'i:zhangwei' | ('p:zhang':* & 'p:wei':*))"],
    ['lyu bu', "('p:lyubu':* | 'p:lvbu':* | 'i:lyubu' | ('p:lv':* & 'p:bu':*))"],
    [
      "O'Brien'); DROP TABLE x--",
      "('p:obriendroptablex':* | 'i:obriendroptablex' | ('p:obrien':* & 'p:drop':* & 'p:table':* & 'p:x':*))",
    ],
  ])('%s is %s', (typed, query) => expect(nameWordsQuery(typed)).toBe(query));

  it.each(['', '*', '^^', '12', "'"])('%j asks for nothing', (typed) => expect(nameWordsQuery(typed)).toBeNull());
});

describe('the words of a name', () => {
  it.each([
    [['张伟'], ['h:张', 'h:张伟', 'p:zhang', 'p:zhangwei', 'p:weizhang', 'i:zw']],
    [
      ['Zhang^Wei', '张^伟'],
      ['h:张伟', 'p:zhangwei', 'p:weizhang'],
    ],
    [['单^田芳'], ['p:shantianfang', 'p:dantianfang', 'p:chantianfang', 'p:tianfang']],
    [['SMITH^JOHN'], ['p:smith', 'p:john', 'p:smithjohn', 'p:johnsmith']],
    [['a^b^c^d^echo^fox'], ['p:echo', 'p:fox']],
  ])('%j has %j', (groups, words) => expect(nameWordsOf(groups)).toEqual(expect.arrayContaining(words)));
});
