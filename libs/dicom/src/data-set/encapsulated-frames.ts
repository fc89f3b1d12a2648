import type { ParsedHeader } from './parse-header.js';
import type { ReadBytes } from './read-header.js';

/** A piece of a file: offset and length in bytes. */
export type ByteRange = [offset: number, length: number];

const ITEM = 0xfffee000;
const SEQUENCE_DELIMITER = 0xfffee0dd;
const ITEM_HEAD_BYTES = 8;

/**
 * The fragments of each frame of encapsulated pixel data (PS3.5 section A.4), by walking the items' heads and never their
 * bodies. Offsets are from the start of the file. A file that ends early gives the frames it has.
 */
export async function encapsulatedFrames(
  header: ParsedHeader,
  fileLength: number,
  read: ReadBytes,
): Promise<ByteRange[][]> {
  if (header.pixelData === null || header.pixelData.length !== undefined) return [];
  const first = header.pixelData.offset;
  const items: ByteRange[] = [];
  for (let at = first; at + ITEM_HEAD_BYTES <= fileLength; ) {
    const head = Buffer.from(await read(at, ITEM_HEAD_BYTES));
    const tag = ((head.readUInt16LE(0) << 16) | head.readUInt16LE(2)) >>> 0;
    const length = head.readUInt32LE(4);
    if (tag === SEQUENCE_DELIMITER || tag !== ITEM) break;
    items.push([at + ITEM_HEAD_BYTES, Math.min(length, fileLength - at - ITEM_HEAD_BYTES)]);
    at += ITEM_HEAD_BYTES + length;
  }
  const [table, ...fragments] = items;
  if (table === undefined) return [];
  const frames = Number.parseInt(header.dataSet.string('x00280008') ?? '1', 10) || 1;
  if (frames === 1) return [fragments];
  const starts = frameStarts(Buffer.from(await read(...table)), fragments);
  return starts.length === frames ? grouped(fragments, starts) : fragments.map((fragment) => [fragment]);
}

/** Absolute offsets of frames' first item bodies, from the Basic Offset Table; empty when there is none. */
function frameStarts(table: Buffer, fragments: readonly ByteRange[]): number[] {
  const [base] = fragments;
  if (base === undefined) return [];
  return Array.from({ length: Math.floor(table.length / 4) }, (_, index) => base[0] + table.readUInt32LE(index * 4));
}

function grouped(fragments: readonly ByteRange[], starts: readonly number[]): ByteRange[][] {
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    return fragments.filter(([offset]) => offset >= start && offset < end);
  });
}
