import { describe, expect, it } from '@jest/globals';
import { readDataSet } from '../data-set/write-data-set.js';
import { dataSetOfJson } from './data-set-of-json.js';
import { type DicomJson, dicomJsonOf } from './dicom-json.js';
import { JsonModelError } from './json-model-error.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const CHARACTER_SET = { '00080005': { vr: 'CS', Value: ['ISO_IR 192'] } };

const bytesOf = (json: object): Buffer => Buffer.concat(dataSetOfJson(json).filter(Buffer.isBuffer));
const hexOf = (vr: string, ...Value: unknown[]) => bytesOf({ '00091001': { vr, Value } }).toString('hex');
/** Of an element with a short head. */
const shortValueOf = (vr: string, ...Value: unknown[]) => hexOf(vr, ...Value).slice(16);
const textOf = (vr: string, ...Value: unknown[]) => Buffer.from(shortValueOf(vr, ...Value), 'hex').toString();

describe('a data set of the DICOM JSON model', () => {
  it('is what the JSON says, of every value representation', () => {
    const json: DicomJson = {
      '00090010': { vr: 'LO', Value: ['ACME'] },
      '00091001': { vr: 'AE', Value: ['STORE', 'SCU'] },
      '00091002': { vr: 'AS', Value: ['007D'] },
      '00091003': { vr: 'AT', Value: ['00280010', '7FE00010'] },
      '00091004': { vr: 'CS', Value: ['A', null, 'B'] },
      '00091005': { vr: 'DA', Value: ['20261130'] },
      '00091006': { vr: 'DS', Value: [1.5, -2, 1e-7] },
      '00091007': { vr: 'DT', Value: ['20261130081500+0800'] },
      '00091008': { vr: 'FD', Value: [Math.PI, -0.5] },
      '00091009': { vr: 'FL', Value: [0.5] },
      '0009100A': { vr: 'IS', Value: [-2147483648, 7] },
      '0009100B': { vr: 'LT', Value: ['zwei\r\nZeilen \\ 一'] },
      '0009100C': { vr: 'OB', InlineBinary: 'AQID' },
      '0009100D': { vr: 'OD', InlineBinary: 'AAAAAAAA8D8=' },
      '0009100E': { vr: 'OF', InlineBinary: 'AACAPw==' },
      '0009100F': { vr: 'OL', InlineBinary: 'AQAAAA==' },
      '00091010': { vr: 'OW', InlineBinary: 'AQACAA==' },
      '00091011': { vr: 'PN', Value: [{ Alphabetic: 'Zhang^Wei', Ideographic: '张^伟', Phonetic: 'ㄓㄤ' }] },
      '00091012': { vr: 'SH', Value: ['短'] },
      '00091013': { vr: 'SL', Value: [-1] },
      '00091014': { vr: 'SQ', Value: [{ '00100020': { vr: 'LO', Value: ['1'] } }] },
      '00091015': { vr: 'SS', Value: [-32768] },
      '00091016': { vr: 'ST', Value: ['text'] },
      '00091017': { vr: 'TM', Value: ['081500.5'] },
      '00091018': { vr: 'UC', Value: ['long', 'texts'] },
      '00091019': { vr: 'UI', Value: ['1.2.3', '1.2'] },
      '0009101A': { vr: 'UL', Value: [4294967295] },
      '0009101B': { vr: 'UR', Value: ['http://a/b'] },
      '0009101C': { vr: 'US', Value: [65535] },
      '0009101D': { vr: 'UT', Value: ['a\\b'] },
      '0009101E': { vr: 'LO' },
      '00221303': { vr: 'SQ' },
    };
    const written = Buffer.concat([bytesOf({ '00080060': { vr: 'CS', Value: ['OT'] }, ...json })]);
    expect(written.length % 2).toBe(0);
    const head = Buffer.from('\x08\0\x05\0CS\x0a\0ISO_IR 192', 'latin1');
    const again = dicomJsonOf(readDataSet(Buffer.concat([head, written]), EXPLICIT));
    expect(again).toEqual({
      ...CHARACTER_SET,
      '00080060': { vr: 'CS', Value: ['OT'] },
      ...json,
      // Padded to an even length.
      '0009100C': { vr: 'OB', InlineBinary: 'AQIDAA==' },
    });
  });

  it('has 64-bit numbers, which JSON has as texts', () => {
    expect([shortValueOf('FD', 'NaN'), shortValueOf('FL', '-Infinity')]).toEqual(['000000000000f87f', '000080ff']);
    expect(
      bytesOf({ '00091001': { vr: 'UV', Value: ['18446744073709551615', 1] } })
        .toString('hex')
        .slice(24),
    ).toBe('ffffffffffffffff0100000000000000');
    expect(
      bytesOf({ '00091001': { vr: 'SV', Value: ['-9223372036854775808'] } })
        .toString('hex')
        .slice(24),
    ).toBe('0000000000000080');
  });

  it('writes decimals in 16 characters, with as many digits as have room', () => {
    const texts: [value: unknown, text: string][] = [
      [0.1 + 0.2, '0.3 '],
      [-1 / 3, '-0.3333333333333'],
      [1.23456789012345e-7, '1.23456789012e-7'],
      [-0, '-0'],
      [1e22, '1e+22 '],
      ['1.50', '1.50'],
      ['0.123456789012345678', '0.12345678901235'],
      [123_456_789_012_345_680, '1.2345678901e+17'],
      [Number.MIN_VALUE, '5e-324'],
    ];
    expect(texts.map(([value]) => textOf('DS', value))).toEqual(texts.map(([, text]) => text));
  });

  it('pads texts by blanks and UIDs by zero', () => {
    expect([
      shortValueOf('LO', 'a'),
      shortValueOf('UI', '1'),
      shortValueOf('PN', { Alphabetic: 'A', Phonetic: 'P' }),
    ]).toEqual(['6120', '3100', Buffer.from('A==P').toString('hex')]);
  });

  it('is UN where a value has no room in the length of its VR, and OW where it may be', () => {
    const long = Array.from({ length: 40_000 }, () => 1);
    const vrOf = (tag: string) => bytesOf({ [tag]: { vr: 'US', Value: long } }).toString('latin1', 4, 6);
    expect([vrOf('00283006'), vrOf('00091001')]).toEqual(['OW', 'UN']);
  });

  it('leaves a place where bulk data belongs, in sequences whose length is not known', () => {
    const uri = 'x';
    const pieces = dataSetOfJson({
      '00089215': { vr: 'SQ', Value: [{ '00420011': { vr: 'OB', BulkDataURI: uri } }] },
      '00091001': { vr: 'UN', BulkDataURI: uri },
    });
    expect(pieces.map((piece) => (Buffer.isBuffer(piece) ? piece.toString('hex') : piece))).toEqual([
      '0800159253510000fffffffffeff00e0ffffffff',
      { tag: 0x00420011, vr: 'OB', uri },
      'feff0de000000000feffdde000000000',
      { tag: 0x00091001, vr: 'UN', uri },
    ]);
  });

  it.each([
    ['IS', 1.5],
    ['IS', 2 ** 31],
    ['IS', '1e3'],
    ['DS', 'eins'],
    ['DS', Number.POSITIVE_INFINITY],
    ['US', -1],
    ['UL', 2 ** 32],
    ['SS', 32_768],
    ['FL', 1e300],
    ['FD', null],
    ['UV', '-1'],
    ['SV', '9223372036854775808'],
    ['AT', '0028'],
    ['UI', '1.2.x'],
    ['LO', 'a\nb'],
    ['LO', '\ud800'],
    ['PN', 'A^B'],
    ['PN', { Alphabetic: 'A=B' }],
    ['OB', 1],
    ['SQ', [{}]],
    ['ox', 1],
  ])('refuses %s of %j', (vr, value) => {
    expect(() => bytesOf({ '00091001': { vr, Value: [value] } })).toThrow(JsonModelError);
  });

  it('refuses two values of a text that has one', () => {
    expect(() => hexOf('LT', 'a', 'b')).toThrow(JsonModelError);
  });
});
