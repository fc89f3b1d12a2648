import { describe, expect, it } from '@jest/globals';
import {
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../data-set/transfer-syntaxes.js';
import { NotTranscodable } from './data-set-rewriter.js';
import { inExplicitLittleEndian } from './in-usual-syntax.js';

/** Hexadecimal; blanks are for reading, and what stands in quotes is text. */
const bytes = (text: string) =>
  Buffer.concat(
    text
      .split("'")
      .map((part, place) =>
        place % 2 === 1 ? Buffer.from(part, 'latin1') : Buffer.from(part.replace(/\s/g, ''), 'hex'),
      ),
  );

async function given(dataSet: Buffer, from: string, size = 5): Promise<Buffer> {
  async function* inPieces() {
    for (let at = 0; at < dataSet.length; at += size) yield dataSet.subarray(at, at + size);
  }
  const pieces: Buffer[] = [];
  for await (const piece of inExplicitLittleEndian(inPieces(), from)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const UNDEFINED = 'ffffffff';
const LONG = '00'.repeat(65_536);

const VALUES: readonly [what: string, implicit: string, explicit: string][] = [
  ['a text', "0800 6000 02000000 'CT'", "0800 6000 'CS' 0200 'CT'"],
  ['pixels', 'e07f 1000 04000000 01020304', "e07f 1000 'OW' 0000 04000000 01020304"],
  ['an overlay of a later group', '0260 0030 02000000 0102', "0260 0030 'OW' 0000 02000000 0102"],
  ['what pixels are like', '2800 0601 02000000 0080', "2800 0601 'US' 0200 0080"],
  [
    'what signed pixels are like, in an item too',
    `2800 0301 02000000 0100  2800 2001 02000000 0080
     4000 9690 ${UNDEFINED}  feff 00e0 0a000000  4000 1192 02000000 0080  feff dde0 00000000`,
    `2800 0301 'US' 0200 0100  2800 2001 'SS' 0200 0080
     4000 9690 'SQ' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  4000 1192 'SS' 0200 0080
     feff 0de0 00000000  feff dde0 00000000`,
  ],
  [
    'a private element and its creator',
    "0900 1000 04000000 'ACME'  0900 0110 02000000 0102",
    "0900 1000 'LO' 0400 'ACME'  0900 0110 'UN' 0000 02000000 0102",
  ],
  [
    'a private sequence, which stays in implicit VR',
    `0900 0210 ${UNDEFINED}  feff 00e0 0a000000  0800 5011 02000000 0201  feff dde0 00000000`,
    `0900 0210 'UN' 0000 ${UNDEFINED}  feff 00e0 ${UNDEFINED}  0800 5011 02000000 0201  feff 0de0 00000000  feff dde0 00000000`,
  ],
  ['a value that is too long for its VR', `2800 0630 00000100 ${LONG}`, `2800 0630 'OW' 0000 00000100 ${LONG}`],
  [
    'a text that is too long for its VR',
    `1800 0000 04000000 00000000 1000 0040 00000100 ${LONG}`,
    `1000 0040 'UN' 0000 00000100 ${LONG}`,
  ],
];

describe('a data set in explicit VR little endian', () => {
  it.each(VALUES)('says %s of implicit VR', async (_, implicit, explicit) => {
    for (const size of implicit.length > 1_000 ? [4_096] : [1, 3, 8, 1_000])
      expect((await given(bytes(implicit), IMPLICIT_LITTLE_ENDIAN, size)).toString('hex')).toBe(
        bytes(explicit).toString('hex'),
      );
  });

  it('is what it was, fragments included, where it is so already', async () => {
    const encapsulated = bytes(`0800 6000 'CS' 0200 'CT' e07f 1000 'OB' 0000 ${UNDEFINED} feff 00e0 00000000`);
    for (const syntax of [EXPLICIT_LITTLE_ENDIAN, '1.2.840.10008.1.2.4.50'])
      expect((await given(encapsulated, syntax)).equals(encapsulated)).toBe(true);
  });

  it('is not given when its lengths make no sense', async () => {
    const broken = bytes("0800 6000 08000000 'CT'");
    await expect(given(broken, IMPLICIT_LITTLE_ENDIAN)).rejects.toThrow(NotTranscodable);
    await expect(given(broken, DEFLATED_LITTLE_ENDIAN)).rejects.toThrow(NotTranscodable);
    await expect(given(broken, EXPLICIT_BIG_ENDIAN)).rejects.toThrow(NotTranscodable);
  });
});
