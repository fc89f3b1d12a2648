import { ITEM, SEQUENCE_END, UNDEFINED_LENGTH, writeHead } from '../scan/element-head.js';

const PIXEL_DATA = 0x7fe00010;
const ITEM_HEAD_BYTES = 8;

const even = (length: number) => length + (length % 2);

/**
 * What stands around the fragments of encapsulated Pixel Data (PS3.5 section A.4), one for each frame, with a Basic Offset Table
 * that says where each begins, or an empty one.
 */
export function writeEncapsulated(lengths: readonly number[], hasOffsets: boolean) {
  const offsets: number[] = [];
  let offset = 0;
  for (const length of lengths) {
    offsets.push(offset);
    offset += ITEM_HEAD_BYTES + even(length);
  }
  const table = Buffer.alloc(hasOffsets ? offsets.length * 4 : 0);
  if (hasOffsets) for (const [index, each] of offsets.entries()) table.writeUInt32LE(each, index * 4);
  const item = (length: number) => writeHead({ tag: ITEM, vr: '', length });
  return {
    begin: Buffer.concat([
      writeHead({ tag: PIXEL_DATA, vr: 'OB', length: UNDEFINED_LENGTH }),
      item(table.length),
      table,
    ]),
    fragment: (length: number) => ({ head: item(even(length)), padding: Buffer.alloc(length % 2) }),
    end: writeHead({ tag: SEQUENCE_END, vr: '', length: 0 }),
  };
}
