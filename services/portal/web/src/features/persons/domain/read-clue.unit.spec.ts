import { describe, expect, it } from '@jest/globals';
import { readClue } from './read-clue.js';

const read = (text: string) => readClue(text, '20261124');
const kinds = (text: string) => read(text).map(({ kind }) => kind);

describe('what is typed into the one box', () => {
  it('is an id number by its form, as people and cards write it', () => {
    const number = { kind: 'idNumber', idNumber: '33990119550122302X' };
    expect(read('33990119550122302X')[0]).toEqual(number);
    expect(read(' 339901 19550122 302x ')[0]).toEqual(number);
    expect(read('339901550122302')[0]).toEqual({ kind: 'idNumber', idNumber: '339901550122302' });
  });

  it('is a birth date when it is one, however it is separated', () => {
    for (const text of ['1992-03-17', '1992/3/17', '1992.3.17', '1992年3月17日', '1992-3-17']) {
      expect(read(text)).toEqual([{ kind: 'birthDate', birthDate: '19920317' }]);
    }
  });

  it('is a date or a hospital number when eight digits can be both', () => {
    expect(kinds('20260412')).toEqual(['birthDate', 'localId']);
    expect(kinds('20261332')).toEqual(['localId']);
    expect(kinds('20270101')).toEqual(['localId']);
    expect(kinds('20260230')).toEqual(['localId']);
  });

  it('is a name in Chinese, in pinyin or by initials', () => {
    expect(read('王小雨')).toEqual([{ kind: 'name', name: '王小雨' }]);
    expect(read('买买提·艾力')).toEqual([{ kind: 'name', name: '买买提·艾力' }]);
    expect(kinds('wang xiaoyu')).toEqual(['name', 'localId']);
    expect(kinds('WXY')).toEqual(['name', 'localId']);
  });

  it('is a hospital’s number otherwise, with its hospital when one is named', () => {
    expect(read('M0010086')).toEqual([{ kind: 'localId', localId: 'M0010086' }]);
    expect(read('h001:M0010086')).toEqual([{ kind: 'localId', hospital: 'H001', localId: 'M0010086' }]);
  });

  it('is folded to half width, and nothing when blank', () => {
    expect(read('Ｍ００１００８６')).toEqual([{ kind: 'localId', localId: 'M0010086' }]);
    expect(read('   ')).toEqual([]);
  });
});
