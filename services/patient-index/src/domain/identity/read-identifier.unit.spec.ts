import { describe, expect, it } from '@jest/globals';
import type { IdentifierType } from '@yinglian/contracts';
import { readIdentifier } from './read-identifier.js';

const read = (type: IdentifierType, id: string, issuer = '') =>
  readIdentifier({ id, issuer, type }, 'H001', '20261124');
const found = (type: IdentifierType, id: string, issuer = '') => {
  const { identifier } = read(type, id, issuer);
  return identifier === null ? null : `${identifier.system} ${identifier.value} ${identifier.strength}`;
};
const RIGHT = '33990119491231006X';

describe('a number', () => {
  it.each<[string, IdentifierType, string, string, string]>([
    ['a resident id', 'RESIDENT_ID', '33990119491231006x', '公安部', `RESIDENT_ID ${RIGHT} strong`],
    ['a resident id of 15 digits', 'RESIDENT_ID', '339901491231002', '', 'RESIDENT_ID 339901194912310027 strong'],
    [
      'a resident id of no stated kind',
      'UNKNOWN',
      '３３９９０１１９４９１２３１００６Ｘ',
      '',
      `RESIDENT_ID ${RIGHT} strong`,
    ],
    ["a resident id as a hospital's own number", 'HOSPITAL', RIGHT, '', `RESIDENT_ID ${RIGHT} strong`],
    ['a resident id as an insurance number', 'INSURANCE', RIGHT, '330100', `RESIDENT_ID ${RIGHT} strong`],
    [
      'a card of 15 digits, which is no resident id',
      'INSURANCE',
      '339901491231002',
      '330100',
      'INSURANCE:330100 339901491231002 strong',
    ],
    [
      'a card of permanent residence of 2023',
      'PERMANENT_RESIDENCE',
      '911123198504120033',
      '',
      'RESIDENT_ID 911123198504120033 strong',
    ],
    [
      'an older card of permanent residence',
      'PERMANENT_RESIDENCE',
      'can110080120101',
      '',
      'PERMANENT_RESIDENCE CAN110080120101 strong',
    ],
    ['the same, of no stated kind', 'UNKNOWN', 'CAN110080120101', '', 'PERMANENT_RESIDENCE CAN110080120101 medium'],
    ['three letters of no country', 'UNKNOWN', 'QQQ110080120101', '', 'HOSPITAL:H001/ QQQ110080120101 weak'],
    ['a permit of Hong Kong', 'HONG_KONG_MACAO_PERMIT', 'H12345678', '', 'HONG_KONG_MACAO_PERMIT H12345678 strong'],
    [
      'the same after two renewals',
      'HONG_KONG_MACAO_PERMIT',
      'h 1234 5678-02',
      '',
      'HONG_KONG_MACAO_PERMIT H12345678 strong',
    ],
    [
      'a permit of Macao where a resident id belongs',
      'RESIDENT_ID',
      'M0876543201',
      '',
      'HONG_KONG_MACAO_PERMIT M08765432 medium',
    ],
    ['a permit of Taiwan', 'TAIWAN_PERMIT', '０８６５４３２１', '', 'TAIWAN_PERMIT 08654321 strong'],
    ['eight digits of no stated kind', 'UNKNOWN', '08654321', 'HIS', 'HOSPITAL:H001/HIS 08654321 weak'],
    ['a passport', 'PASSPORT', 'l8 75-902', 'USA', 'PASSPORT:USA L875902 strong'],
    ['a passport of a country in two letters', 'PASSPORT', 'C01X00T47', 'de', 'PASSPORT:DEU C01X00T47 strong'],
    ['a Chinese passport', 'PASSPORT', 'E28233515', '中国', 'PASSPORT:CHN E28233515 strong'],
    ['a Chinese passport by its construction', 'PASSPORT', 'EA1234567', '', 'PASSPORT:CHN EA1234567 medium'],
    ['a passport of who knows which country', 'PASSPORT', 'XK902755', '', 'PASSPORT XK902755 medium'],
    ['a passport of an office', 'PASSPORT', 'XK902755', 'Immigration Dept', 'PASSPORT:IMMIGRATIONDEPT XK902755 medium'],
    ['a health card of a region', 'HEALTH_CARD', 'A00 998 877', '330000', 'HEALTH_CARD:330000 A00998877 strong'],
    ['a health card of nobody in particular', 'HEALTH_CARD', 'A00998877', '', 'HEALTH_CARD A00998877 medium'],
    ["a health card of the hospital's own", 'HEALTH_CARD', 'A00998877', 'h001', 'HEALTH_CARD:H001 A00998877 medium'],
    [
      'an electronic health card',
      'HEALTH_CARD',
      'c0ffee5a'.repeat(8),
      '330000',
      `HEALTH_CARD ${'C0FFEE5A'.repeat(8)} strong`,
    ],
    ['an insurance number of a region', 'INSURANCE', '33019912345', '330100', 'INSURANCE:330100 33019912345 strong'],
    ['an officer', 'MILITARY', '军字第1928375号', '', 'MILITARY 军1928375 medium'],
    ['a birth certificate', 'BIRTH_CERTIFICATE', 'u330192837', '', 'BIRTH_CERTIFICATE U330192837 weak'],
    ["a hospital's own number", 'HOSPITAL', ' zy-0042-1 ', 'ZY', 'HOSPITAL:H001/ZY ZY-0042-1 weak'],
    ['a short number', 'HOSPITAL', '7', '', 'HOSPITAL:H001/ 7 weak'],
  ])('is read: %s', (_, type, id, issuer, expected) => {
    expect(found(type, id, issuer)).toBe(expected);
    expect(read(type, id, issuer).flag).toBeNull();
  });

  it('with a wrong check digit is evidence that one digit was mistaken', () => {
    const unchecked = (value: string) => ({ system: 'RESIDENT_ID_UNCHECKED', value, strength: 'weak' });
    const wrong = '339901194912310061';
    expect(read('RESIDENT_ID', wrong)).toEqual({ identifier: unchecked(wrong), flag: 'NUMBER_CHECK_DIGIT' });
    expect(read('UNKNOWN', wrong)).toEqual({ identifier: unchecked(wrong), flag: 'NUMBER_CHECK_DIGIT' });
    expect(read('PERMANENT_RESIDENCE', '911123198504120031').flag).toBe('NUMBER_CHECK_DIGIT');
    expect(read('RESIDENT_ID', '3399011949123106X')).toEqual({
      identifier: unchecked('3399011949123106X'),
      flag: 'NUMBER_IMPOSSIBLE',
    });
  });

  it('of 18 digits that is nothing like a resident id is none, unless it was said to be one', () => {
    expect(found('UNKNOWN', '202611240800123456', 'HIS')).toBe('HOSPITAL:H001/HIS 202611240800123456 weak');
    expect(found('HOSPITAL', '339901194912310061')).toBe('HOSPITAL:H001/ 339901194912310061 weak');
  });

  it.each<[string, IdentifierType, string]>([
    ['one digit', 'RESIDENT_ID', '111111111111111111'],
    ['one digit, elsewhere', 'INSURANCE', '9999999999'],
    ['zeros with a right check digit', 'UNKNOWN', '000000000000000001'],
    ['a sequence', 'HEALTH_CARD', '1234567890'],
    ['a sequence downwards', 'PASSPORT', '987654321'],
    ["the standard's example", 'RESIDENT_ID', '11010519491231002X'],
    ["the standard's other example", 'HOSPITAL', '440524188001010014'],
    ['a word', 'RESIDENT_ID', '无'],
    ['another word', 'UNKNOWN', 'null'],
    ['signs', 'HOSPITAL', '***'],
    ['a zero', 'HOSPITAL', '0'],
  ])('never is identity: %s', (_, type, id) =>
    expect(read(type, id)).toEqual({ identifier: null, flag: 'NUMBER_PLACEHOLDER' }),
  );

  it.each<[string, IdentifierType, string]>([
    ['a resident id with an impossible date', 'RESIDENT_ID', '339901194902300028'],
    ['a resident id of letters', 'RESIDENT_ID', 'ABC'],
    ['a permit of seven digits', 'HONG_KONG_MACAO_PERMIT', 'H1234567'],
    ['a permit of Taiwan of nine digits', 'TAIWAN_PERMIT', '086543219'],
    ['a passport of 3 digits', 'PASSPORT', 'AB123'],
    ['an insurance number without a digit', 'INSURANCE', '城镇职工'],
    ['an officer without a number', 'MILITARY', '军字第'],
    ['a birth certificate without its letter', 'BIRTH_CERTIFICATE', '330192837'],
  ])('is not read: %s', (_, type, id) =>
    expect(read(type, id)).toEqual({ identifier: null, flag: 'NUMBER_IMPOSSIBLE' }),
  );

  it('that is not stated says nothing', () => {
    expect(['', ' ', '\u0000', '\uD800'].map((id) => read('RESIDENT_ID', id))).toEqual(
      Array(4).fill({ identifier: null, flag: null }),
    );
  });

  it('of any length is read as far as numbers go', () => {
    expect(read('HOSPITAL', '7a'.repeat(10_000)).identifier?.value).toHaveLength(128);
    expect(read('UNKNOWN', 'ﷺ'.repeat(10_000)).identifier?.value.length).toBeLessThanOrEqual(128);
  });

  it('names its office without spaces, for a space ends the name of a system', () => {
    expect(found('INSURANCE', '33019912345', ' 杭州市 医保\u3000局 ')).toBe(
      'INSURANCE:杭州市医保局 33019912345 strong',
    );
  });
});
