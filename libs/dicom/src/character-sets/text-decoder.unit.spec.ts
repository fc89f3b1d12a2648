import { describe, expect, it } from '@jest/globals';
import { personName } from './person-name.js';
import { textDecoderFor } from './text-decoder.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

describe('text of a data set', () => {
  it.each<[string, string, string, string, boolean]>([
    // PS3.5 annex J.3: Wang^XiaoDong=王^小东=
    ['GB18030', 'GB18030', `${ascii('Wang^XiaoDong=')}cdf5 5e d0a1b6ab 3d`, 'Wang^XiaoDong=王^小东=', false],
    ['GBK', 'GBK', 'cdf55ed0a1b6ab', '王^小东', false],
    ['UTF-8', 'ISO_IR 192', Buffer.from('王^小东').toString('hex'), '王^小东', false],
    // PS3.5 annex K.2: Zhang^XiaoDong=张^小东=
    [
      'ISO 2022 IR 58',
      '\\ISO 2022 IR 58',
      `${ascii('Zhang^XiaoDong=')}1b242941 d5c5 5e 1b242941 d0a1b6ab 3d`,
      'Zhang^XiaoDong=张^小东=',
      false,
    ],
    // PS3.5 annex H.3.1: Yamada^Tarou=山田^太郎=やまだ^たろう
    [
      'ISO 2022 IR 87',
      '\\ISO 2022 IR 87',
      `${ascii('Yamada^Tarou=')}1b2442 3b33 4544 1b2842 5e 1b2442 4240 4f3a 1b2842 3d 1b2442 2464 245e 2440 1b2842 5e 1b2442 243f 246d 2426 1b2842`,
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
      false,
    ],
    // PS3.5 annex I.2: Hong^Gildong=洪^吉洞=홍^길동
    [
      'ISO 2022 IR 149',
      '\\ISO 2022 IR 149',
      `${ascii('Hong^Gildong=')}1b242943 fbf3 5e 1b242943 d1ced4d7 3d 1b242943 c8ab 5e 1b242943 b1e6b5bf`,
      'Hong^Gildong=洪^吉洞=홍^길동',
      false,
    ],
    ['ISO 2022 IR 159', '\\ISO 2022 IR 87\\ISO 2022 IR 159', '1b242844 3021 1b2842 5e 1b2442 3b33', '丂^山', false],
    ['Latin-1', 'ISO_IR 100', '4dfc6c6c6572', 'Müller', false],
    // Also one character of UTF-8, U+30C21.
    ['GB18030 over what is UTF-8 by chance', 'GB18030', 'f0b0b0a1', '鸢啊', false],
    ['a term with other spaces', 'ISO IR 192', Buffer.from('王').toString('hex'), '王', false],
    ['nothing over UTF-8', '', Buffer.from('王小东').toString('hex'), '王小东', true],
    ['nothing over GB18030', '', 'cdf5d0a1b6ab', '王小东', true],
    ['Latin-1 over GB18030', 'ISO_IR 100', 'cdf5d0a1b6ab', '王小东', true],
    ['nothing over ASCII', '', ascii('WANG^XIAODONG'), 'WANG^XIAODONG', false],
    ['a term nobody knows over UTF-8', 'KLINGON', Buffer.from('王').toString('hex'), '王', true],
    ['UTF-8 that is GB18030', 'ISO_IR 192', 'cdf5d0a1b6ab', '王小东', true],
  ])('is read when it declares %s', (_, declared, hex, text, guessed) => {
    expect(textDecoderFor(declared)(bytes(hex))).toEqual({ text, guessed });
  });
});

it('a name keeps its component groups apart and leaves out the empty ones', () => {
  expect(personName('Wang^XiaoDong=王^小东=')).toEqual({ alphabetic: 'Wang^XiaoDong', ideographic: '王^小东' });
  expect(personName('王小东')).toEqual({ alphabetic: '王小东' });
  expect(personName('')).toEqual({});
});
