import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameByScript } from './name-by-script.js';
import { personName } from './person-name.js';
import { textDecoderFor } from './text-decoder.js';

/** Characters of GB 2312, first and second level, by their bytes. */
const GB2312 = Array.from({ length: 72 * 94 }, (_, at) => [0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)]).flatMap(
  (pair) => {
    const text = new TextDecoder('gb18030').decode(Uint8Array.from(pair));
    return /^\p{Script=Han}$/u.test(text) ? [{ text, bytes: pair }] : [];
  },
);
/** The first level: 3,755 characters in use; the second one begins at D8A1. */
const COMMON = GB2312.filter(({ bytes: [lead = 0] }) => lead < 0xd8);
const nameOf = (from: typeof GB2312, lengths: { minLength: number; maxLength: number }) =>
  fc.array(fc.constantFrom(...from), lengths).map((characters) => ({
    text: characters.map(({ text }) => text).join(''),
    bytes: Uint8Array.from(characters.flatMap(({ bytes }) => bytes)),
  }));

const TERMS = [
  ...['', 'GB18030', 'GBK', 'ISO_IR 192', 'ISO_IR 100', 'ISO_IR 13', 'ISO_IR 144', '\\ISO 2022 IR 58', 'NO SUCH SET'],
  ...['\\ISO 2022 IR 87', '\\ISO 2022 IR 149', 'ISO 2022 IR 13\\ISO 2022 IR 159', 'ISO 2022 IR 100\\ISO 2022 IR 58'],
];
const VRS = ['PN', 'LO', 'LT', 'UC'];

describe('text of any bytes', () => {
  it('is read without a throw, whatever is declared', () => {
    const escapes = fc.constantFrom(
      ...['1b', '1b2442', '1b242844', '1b242941', '1b242943', '1b2842', '1b2d41', '5e', '5c'],
    );
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      escapes.map((hex) => Buffer.from(hex, 'hex')),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.constantFrom(...TERMS),
        fc.constantFrom(...VRS),
        (parts, terms, vr) => {
          const { text } = textDecoderFor(terms)(Buffer.concat(parts), vr);
          nameByScript(personName(text));
          expect(typeof text).toBe('string');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is what was written, where ASCII is written', () => {
    const ascii = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(ascii, fc.constantFrom(...TERMS), (text, terms) => {
        expect(textDecoderFor(terms)(Buffer.from(text, 'latin1'))).toEqual({ text, guessed: false });
      }),
    );
  });
});

describe('a Chinese name', () => {
  it.each(['GB18030', 'GBK'])('is read as declared from %s', (terms) => {
    fc.assert(
      fc.property(nameOf(COMMON, { minLength: 1, maxLength: 8 }), ({ text, bytes }) => {
        expect(textDecoderFor(terms)(bytes, 'PN')).toEqual({ text, guessed: false });
      }),
    );
  });

  it('is read from ISO 2022 IR 58 with an escape sequence for each component, for the first one only, and for none', () => {
    const part = nameOf(GB2312, { minLength: 1, maxLength: 3 });
    const sequence = Buffer.from('\x1b$)A', 'latin1');
    const caret = Buffer.from('^');
    const decode = textDecoderFor('\\ISO 2022 IR 58');
    fc.assert(
      fc.property(part, part, (family, given) => {
        const text = `${family.text}^${given.text}`;
        const forms = [
          Buffer.concat([sequence, family.bytes, caret, sequence, given.bytes]),
          Buffer.concat([sequence, family.bytes, caret, given.bytes]),
        ];
        expect(forms.map((bytes) => decode(bytes, 'PN'))).toEqual([
          { text, guessed: false },
          { text, guessed: true },
        ]);
      }),
    );
    fc.assert(
      fc.property(nameOf(COMMON, { minLength: 2, maxLength: 4 }), ({ text, bytes }) => {
        expect(decode(bytes, 'PN')).toEqual({ text, guessed: true });
      }),
    );
  });

  it.each(['', 'ISO_IR 6', 'ISO_IR 100', 'ISO_IR 192', 'NO SUCH SET'])('in GB18030 is recognised under %p', (terms) => {
    fc.assert(
      fc.property(nameOf(COMMON, { minLength: 2, maxLength: 4 }), ({ text, bytes }) => {
        // What is declared UTF-8 and is UTF-8 stays so: 谢谭 are two letters then.
        fc.pre(terms !== 'ISO_IR 192' || !isUtf8(bytes));
        expect(textDecoderFor(terms)(bytes, 'PN')).toEqual({ text, guessed: true });
      }),
    );
  });

  it.each(['', 'ISO_IR 100', 'GB18030', 'GBK', '\\ISO 2022 IR 58', 'NO SUCH SET'])(
    'in UTF-8 is recognised under %p',
    (terms) => {
      fc.assert(
        fc.property(nameOf(GB2312, { minLength: 1, maxLength: 4 }), ({ text }) => {
          expect(textDecoderFor(terms)(Buffer.from(text), 'PN')).toEqual({ text, guessed: true });
        }),
      );
    },
  );

  it('in GB18030 is never taken for UTF-8 with two characters, nor with more of the first level', () => {
    const decode = textDecoderFor('GB18030');
    const two = nameOf(GB2312, { minLength: 2, maxLength: 2 });
    const common = nameOf(COMMON, { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(two, common), ({ text, bytes }) => {
        expect(decode(bytes, 'PN')).toEqual({ text, guessed: false });
      }),
      { numRuns: 2_000 },
    );
  });
});

const isUtf8 = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('utf8')).equals(bytes);

describe('a name in Latin-1', () => {
  it.each([
    'Müller^Jörg',
    'MÜLLER^JÖRG',
    'Núñez^José',
    'GRÜßE',
    'Ångström^Åsa',
    'François',
    'Ñ',
    'Ö',
    'Þórðarson',
    'Lefèvre^Zoë',
  ])('is not taken for Chinese: %s', (text) => {
    const bytes = Buffer.from(text, 'latin1');
    expect(textDecoderFor('ISO_IR 100')(bytes, 'PN')).toEqual({ text, guessed: false });
    expect(textDecoderFor('')(bytes, 'PN')).toEqual({ text, guessed: true });
  });

  it.each([
    ['a character outside of GB 2312', 'd6ece946bbf9', '朱镕基'],
    [
      'Chinese beside letters',
      Buffer.concat([Buffer.from('ct'), Buffer.from('d0d8b2bf', 'hex'), Buffer.from(' plain')]).toString('hex'),
      'ct胸部 plain',
    ],
    ['one character', 'c0ee', '李'],
    ['a middle dot', 'b0a2b5cfc1a6a1a4', '阿迪力·'],
  ])('is Chinese where it cannot be Latin-1: %s', (_, hex, text) => {
    expect(textDecoderFor('ISO_IR 100')(Buffer.from(hex, 'hex'))).toEqual({ text, guessed: true });
  });
});
