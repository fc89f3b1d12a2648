import { describe, expect, it } from '@jest/globals';
import { isDate, readBirthDate } from './birth-date.js';

const read = (text: string) => readBirthDate(text, '20261124');

describe('a birth date', () => {
  it.each([
    ['DICOM and HL7', '19491231'],
    ['ISO 8601', '1949-12-31'],
    ['slashes', '1949/12/31'],
    ['full stops', '1949.12.31'],
    ['Chinese', '1949年12月31日'],
    ['full-width digits', '１９４９１２３１'],
    ['a time of HL7', '19491231083000'],
    ['a time with a zone', '194912310830+0800'],
    ['a time of a database', '1949-12-31 00:00:00.000'],
    ['a time of ISO 8601', '1949-12-31T00:00:00Z'],
    ['spaces', ' 1949 12 31 '],
    ['a control character', '1949\u00001231'],
  ])('is read: %s', (_, text) => expect(read(text)).toEqual({ birthDate: '19491231', flag: null }));

  it('is read without leading zeros, and on the day itself', () => {
    expect(['1949/1/5', '1949年1月5日', '20261124'].map((text) => read(text).birthDate)).toEqual([
      '19490105',
      '19490105',
      '20261124',
    ]);
  });

  it.each([
    ['nothing', '', null],
    ['blanks', ' - - ', null],
    ['zeros', '00000000', null],
    ['the 30th of February', '19490230', 'BIRTH_DATE_IMPOSSIBLE'],
    ['the 13th month', '1949-13-01', 'BIRTH_DATE_IMPOSSIBLE'],
    ['a leap day of no leap year', '20230229', 'BIRTH_DATE_IMPOSSIBLE'],
    ['tomorrow', '20261125', 'BIRTH_DATE_IMPOSSIBLE'],
    ['the end of time', '99991231', 'BIRTH_DATE_IMPOSSIBLE'],
    ['a word', '不详', 'BIRTH_DATE_IMPOSSIBLE'],
    ['digits behind a date', '194912311', 'BIRTH_DATE_IMPOSSIBLE'],
    ['other digits', '١٩٤٩١٢٣١', 'BIRTH_DATE_IMPOSSIBLE'],
    ['a year', '1949', 'BIRTH_DATE_INCOMPLETE'],
    ['a year and a month', '1949-12', 'BIRTH_DATE_INCOMPLETE'],
    ['a year and a month of zeros', '19490000', 'BIRTH_DATE_INCOMPLETE'],
    ['a month with a day of zeros', '19491200', 'BIRTH_DATE_INCOMPLETE'],
    ['the first day of spreadsheets', '1900-01-01', 'BIRTH_DATE_PLACEHOLDER'],
    ['the first day of OLE', '18991230', 'BIRTH_DATE_PLACEHOLDER'],
    ['the first day of all', '0001-01-01 00:00:00', 'BIRTH_DATE_PLACEHOLDER'],
  ])('is not read from %s', (_, text, flag) => expect(read(text)).toEqual({ birthDate: null, flag }));

  it('is a day that was', () => {
    expect(['20240229', '20230229', '2024-02-29', ''].map(isDate)).toEqual([true, false, false, false]);
  });
});
