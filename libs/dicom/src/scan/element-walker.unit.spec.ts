import { describe, expect, it } from '@jest/globals';
import { ElementWalker } from './element-walker.js';

const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('walking over elements', () => {
  /** Tags of the data set's own elements, the bytes handed over in pieces of that size. */
  const walk = (dataSet: Buffer, bigEndian: boolean, pieceBytes: number) => {
    const tags: string[] = [];
    const visitor = {
      element: ({ tag }: { tag: number }) => tags.push(tag.toString(16)) < 0,
      value: () => undefined,
    };
    const walker = new ElementWalker({ explicit: true, bigEndian }, visitor);
    for (let at = 0; at < dataSet.length; at += pieceBytes) walker.write(dataSet.subarray(at, at + pieceBytes));
    return { tags, lost: walker.lost, isCutShort: walker.isCutShort };
  };
  // An item in implicit VR little endian with one element of two bytes, and its end.
  const item = 'feff00e0 ffffffff 08000000 02000000 4142 feff0de0 00000000 feffdde0 00000000';

  it.each([1, 5, 1_000])(
    'finds what follows a UN of undefined length, little endian inside of big endian too (pieces of %d)',
    (pieceBytes) => {
      const found = { tags: ['91010', '20000d'], lost: false, isCutShort: false };
      const little = bytes(`09001010 554e 0000 ffffffff ${item} 20000d00 5549 0200 3100`);
      const big = bytes(`00091010 554e 0000 ffffffff ${item} 0020000d 5549 0002 3100`);
      expect(walk(little, false, pieceBytes)).toEqual(found);
      expect(walk(big, true, pieceBytes)).toEqual(found);
    },
  );
});
