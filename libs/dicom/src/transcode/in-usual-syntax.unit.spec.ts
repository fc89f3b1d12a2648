import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ctSeries } from '@yinglian/testing';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../data-set/transfer-syntaxes.js';
import { NotTranscodable } from './data-set-rewriter.js';
import { givableSyntaxes, inUsualSyntax } from './in-usual-syntax.js';

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const given = async (dataSet: Buffer, from: string, to: string, size = 5) => {
  const pieces: Buffer[] = [];
  for await (const piece of inUsualSyntax(inPieces(dataSet, size), from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
};
/** Hexadecimal; blanks are for reading, and what stands in quotes is text. */
const bytes = (text: string) =>
  Buffer.concat(
    text
      .split("'")
      .map((part, place) =>
        place % 2 === 1 ? Buffer.from(part, 'latin1') : Buffer.from(part.replace(/\s/g, ''), 'hex'),
      ),
  );

const SIZES = [1, 3, 8, 1_000];
const UNDEFINED = 'ffffffff';

/** An element of each size of number, in big endian and in the two syntaxes of little endian. */
const VALUES: readonly [what: string, big: string, explicit: string, implicit: string][] = [
  ['text', "0008 0060 'CS' 0002 'CT'", "0800 6000 'CS' 0200 'CT'", "0800 6000 02000000 'CT'"],
  [
    'numbers of 16 bits',
    "0028 0010 'US' 0004 0102 0304",
    "2800 1000 'US' 0400 0201 0403",
    '2800 1000 04000000 0201 0403',
  ],
  ['tags', "0028 0009 'AT' 0004 0018 1063", "2800 0900 'AT' 0400 1800 6310", '2800 0900 04000000 1800 6310'],
  ['numbers of 32 bits', "0018 6020 'SL' 0004 01020304", "1800 2060 'SL' 0400 04030201", '1800 2060 04000000 04030201'],
  [
    'numbers of 64 bits',
    "0018 602c 'FD' 0008 0102030405060708",
    "1800 2c60 'FD' 0800 0807060504030201",
    '1800 2c60 08000000 0807060504030201',
  ],
  [
    'bytes',
    "7fe0 0010 'OB' 0000 00000004 01020304",
    "e07f 1000 'OB' 0000 04000000 01020304",
    'e07f 1000 04000000 01020304',
  ],
  [
    'words',
    "7fe0 0010 'OW' 0000 00000004 01020304",
    "e07f 1000 'OW' 0000 04000000 02010403",
    'e07f 1000 04000000 02010403',
  ],
  [
    'pixels of 32 bits in words',
    "0028 0100 'US' 0002 0020  7fe0 0010 'OW' 0000 00000004 01020304",
    "2800 0001 'US' 0200 2000  e07f 1000 'OW' 0000 04000000 04030201",
    '2800 0001 02000000 2000  e07f 1000 04000000 04030201',
  ],
  [
    'what is not known',
    "0009 1001 'UN' 0000 00000002 0102",
    "0900 0110 'UN' 0000 02000000 0102",
    '0900 0110 02000000 0102',
  ],
  ['nothing', "0010 0010 'PN' 0000", "1000 1000 'PN' 0000", '1000 1000 00000000'],
  ['a group length', "0010 0000 'UL' 0004 00000008", '', ''],
  [
    'a sequence in a sequence, their lengths defined',
    `0008 1140 'SQ' 0000 00000024  fffe e000 0000001c
       0040 a730 'SQ' 0000 00000010  fffe e000 00000008  0008 1150 'US' 0000`,
    `0800 4011 'SQ' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}
       4000 30a7 'SQ' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 'US' 0000
       feff 0de0 00000000  feff dde0 00000000  feff 0de0 00000000  feff dde0 00000000`,
    `0800 4011 ${UNDEFINED}  feff 00e0 ${UNDEFINED}
       4000 30a7 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 00000000
       feff 0de0 00000000  feff dde0 00000000  feff 0de0 00000000  feff dde0 00000000`,
  ],
  [
    'sequences of undefined length, and one without items',
    `0008 1140 'SQ' 0000 ${UNDEFINED}  fffe e000 ${UNDEFINED}  0008 1150 'US' 0002 0102
       fffe e00d 00000000  fffe e0dd 00000000  0008 1199 'SQ' 0000 00000000`,
    `0800 4011 'SQ' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 'US' 0200 0201
       feff 0de0 00000000  feff dde0 00000000  0800 9911 'SQ' 0000 ${UNDEFINED}  feff dde0 00000000`,
    `0800 4011 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 02000000 0201
       feff 0de0 00000000  feff dde0 00000000  0800 9911 ${UNDEFINED}  feff dde0 00000000`,
  ],
  [
    'a sequence that is not known, in implicit VR little endian',
    `0009 1002 'UN' 0000 ${UNDEFINED}  feff 00e0 0a000000  0800 5011 02000000 0201  feff dde0 00000000`,
    `0900 0210 'UN' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 02000000 0201  feff 0de0 00000000  feff dde0 00000000`,
    `0900 0210 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 02000000 0201  feff 0de0 00000000  feff dde0 00000000`,
  ],
];

describe('a data set in a syntax that every device takes', () => {
  it.each(VALUES)('keeps %s of big endian', async (_, big, explicit, implicit) => {
    for (const size of SIZES) {
      expect([size, await given(bytes(big), EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN, size)]).toEqual([
        size,
        bytes(explicit),
      ]);
      expect([size, await given(bytes(big), EXPLICIT_BIG_ENDIAN, IMPLICIT_LITTLE_ENDIAN, size)]).toEqual([
        size,
        bytes(implicit),
      ]);
    }
  });

  it.each(VALUES)('keeps %s of little endian in implicit VR', async (_, __, explicit, implicit) => {
    for (const size of SIZES)
      expect(await given(bytes(explicit), EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, size)).toEqual(
        bytes(implicit),
      );
  });

  it('is inflated, and is every byte that it was', async () => {
    const [slice] = ctSeries(1).slices;
    const dataSet = slice?.dataSet ?? Buffer.alloc(0);
    // A deflated data set is padded to an even length (PS3.5 section A.5).
    const deflated = Buffer.concat([deflateRawSync(dataSet), Buffer.alloc(1)]);
    expect((await given(deflated, DEFLATED_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, 997)).equals(dataSet)).toBe(true);
    const implicit = await given(dataSet, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, 997);
    expect((await given(deflated, DEFLATED_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, 997)).equals(implicit)).toBe(true);
  });

  it('holds a few pieces of an image at a time', async () => {
    let pulled = 0;
    async function* image() {
      yield bytes("7fe0 0010 'OW' 0000 10000000");
      for (; pulled < 4_096; pulled += 1) yield Buffer.alloc(65_536);
    }
    let given = 0;
    for await (const piece of inUsualSyntax(image(), EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN)) {
      given += piece.length;
      expect(pulled * 65_536 - given).toBeLessThan(65_537);
    }
    expect(given).toBe(4_096 * 65_536 + 12);
  });

  it.each<[string, string, string]>([
    ['is cut off within a value', EXPLICIT_BIG_ENDIAN, "0008 0060 'CS' 0004 'CT'"],
    ['is cut off within a head', EXPLICIT_BIG_ENDIAN, '0008 0060'],
    ['is cut off within a sequence', EXPLICIT_BIG_ENDIAN, `0008 1140 'SQ' 0000 ${UNDEFINED}`],
    [
      'has an item that is longer than its sequence',
      EXPLICIT_BIG_ENDIAN,
      "0008 1140 'SQ' 0000 00000008 fffe e000 00000008",
    ],
    ['has no VR', EXPLICIT_BIG_ENDIAN, '0008 0060 00000002 4354'],
    ['has a delimiter where nothing began', EXPLICIT_BIG_ENDIAN, 'fffe e00d 00000000'],
    [
      'has an element where an item should be',
      EXPLICIT_BIG_ENDIAN,
      `0008 1140 'SQ' 0000 ${UNDEFINED} 0008 0060 'CS' 0000`,
    ],
    ['has fragments of a compressed image', EXPLICIT_BIG_ENDIAN, `7fe0 0010 'OB' 0000 ${UNDEFINED}`],
    ['is no deflated stream', DEFLATED_LITTLE_ENDIAN, 'ffffffff'],
    ['is cut off within a deflated stream', DEFLATED_LITTLE_ENDIAN, '4b'],
  ])('is not given when it %s', async (_, from, dataSet) => {
    await expect(given(bytes(dataSet), from, EXPLICIT_LITTLE_ENDIAN)).rejects.toThrow(NotTranscodable);
  });

  it('breaks as its source breaks', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield deflateRawSync(Buffer.alloc(10)).subarray(0, 2);
      throw new Error('The line is down');
    }
    const read = () => buffer(inUsualSyntax(broken(), DEFLATED_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN));
    await expect(read()).rejects.toThrow('The line is down');
  });

  it('is itself when it is compressed or in implicit VR', () => {
    expect(['1.2.840.10008.1.2.4.50', IMPLICIT_LITTLE_ENDIAN].map(givableSyntaxes)).toEqual([
      ['1.2.840.10008.1.2.4.50'],
      [IMPLICIT_LITTLE_ENDIAN],
    ]);
  });
});
