import type { ParsedHeader } from './parse-header.js';

/** Where each frame begins, from the first byte of the first fragment's item, and how many bytes it has if that is said. */
export interface OffsetTable {
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

/** The Basic Offset Table, the value of the first item of encapsulated pixel data (PS3.5 section A.4). */
export function basicOffsetTable(item: Buffer): OffsetTable {
  const offsets = Array.from({ length: Math.floor(item.length / 4) }, (_, index) => item.readUInt32LE(index * 4));
  return { offsets, lengths: [] };
}

/** Extended Offset Table (7FE0,0001) and its lengths (7FE0,0002), PS3.3 section C.7.6.3.1.8. */
export function extendedOffsetTable(header: ParsedHeader): OffsetTable {
  return { offsets: longsOf(header, 'x7fe00001'), lengths: longsOf(header, 'x7fe00002') };
}

function longsOf({ dataSet }: ParsedHeader, tag: string): number[] {
  const element = dataSet.elements[tag];
  if (element === undefined) return [];
  const bytes = Buffer.from(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length));
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => Number(bytes.readBigUInt64LE(index * 8)));
}
