import { describe, expect, it } from '@jest/globals';
import { readPhones } from './phone.js';

describe('telephone numbers', () => {
  it.each([
    ['a mobile', '13957120486', ['13957120486']],
    ['the prefix of China', '+86 139-5712-0486', ['13957120486']],
    ['the prefix as dialled', '008613957120486', ['13957120486']],
    ['the prefix without a sign', '8613957120486', ['13957120486']],
    ['a zero before a mobile', '013957120486', ['13957120486']],
    ['full-width digits', '１３９５７１２０４８６', ['13957120486']],
    ['a city', '(0571) 8702-3519', ['057187023519']],
    ['an extension', '0571-87023519转802', ['057187023519']],
    ['an extension in English', '0571-87023519 ext. 802', ['057187023519']],
    ['two in one', '13957120486/0571-87023519', ['13957120486', '057187023519']],
    ['another country', '+1 415 736 2093', ['14157362093']],
  ])('are read: %s', (_, text, phones) => expect(readPhones([text])).toEqual({ phones, placeholder: false }));

  it.each(['13800138000', '13000000000', '00000000', '8888 8888', '12345678', '13812345678', '98765432'])(
    'that are nobody’s are left out: %s',
    (text) => expect(readPhones([text])).toEqual({ phones: [], placeholder: true }),
  );

  it.each(['', '无', '12345', '1'.repeat(10_000), '\u0000\uD800'])('of no such length are none: %j', (text) => {
    expect(readPhones([text])).toEqual({ phones: [], placeholder: false });
  });

  it('stated twice are one', () => {
    expect(readPhones(['13957120486', '+8613957120486', '无']).phones).toEqual(['13957120486']);
  });
});
