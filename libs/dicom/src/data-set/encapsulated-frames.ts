import { basicOffsetTable, extendedOffsetTable, type OffsetTable } from './offset-tables.js';
import type { ParsedHeader } from './parse-header.js';
import type { ReadBytes } from './read-header.js';

/** A piece of a file: offset and length in bytes. */
export type ByteRange = [offset: number, length: number];

const ITEM = 0xfffee000;
const ITEM_HEAD_BYTES = 8;

/** How codestreams begin: JPEG and JPEG-LS, JPEG 2000, JPEG 2000 in the boxes of a file. */
const CODESTREAM_STARTS = ['ffd8ff', 'ff4fff51', '0000000c6a502020'].map((hex) => Buffer.from(hex, 'hex'));
const LONGEST_START_BYTES = 8;

/**
 * The fragments of each frame of encapsulated pixel data (PS3.5 section A.4), by walking the items' heads and never their
 * bodies. Offsets are from the start of the file. Frames are told apart by the Extended or Basic Offset Table, else by there
 * being one fragment each, else by the fragments that begin a codestream. A file that ends early gives the frames it has;
 * one that says nothing of its frames gives none.
 */
export async function encapsulatedFrames(
  header: ParsedHeader,
  fileLength: number,
  read: ReadBytes,
): Promise<ByteRange[][]> {
  if (header.pixelData === null || header.pixelData.length !== undefined) return [];
  const [table, ...items] = await itemsFrom(header.pixelData.offset, fileLength, read);
  const fragments = items.filter(([, length]) => length > 0);
  if (table === undefined || fragments.length === 0) return [];
  const frames = Number.parseInt(header.dataSet.string('x00280008') ?? '1', 10) || 1;
  if (frames === 1) return [fragments];
  const basic = basicOffsetTable(Buffer.from(await read(...table)));
  return (
    byTable(fragments, extendedOffsetTable(header), frames) ??
    byTable(fragments, basic, frames) ??
    (fragments.length <= frames
      ? fragments.map((fragment) => [fragment])
      : grouped(fragments, await codestreamStarts(fragments, read)))
  );
}

/** Bodies of the items: the Basic Offset Table, then the fragments. */
async function itemsFrom(first: number, fileLength: number, read: ReadBytes): Promise<ByteRange[]> {
  const items: ByteRange[] = [];
  for (let at = first; at + ITEM_HEAD_BYTES <= fileLength; ) {
    const head = Buffer.from(await read(at, ITEM_HEAD_BYTES));
    const tag = ((head.readUInt16LE(0) << 16) | head.readUInt16LE(2)) >>> 0;
    const length = head.readUInt32LE(4);
    if (tag !== ITEM) break;
    items.push([at + ITEM_HEAD_BYTES, Math.min(length, fileLength - at - ITEM_HEAD_BYTES)]);
    at += ITEM_HEAD_BYTES + length;
  }
  return items;
}

/** Undefined when the table is not there, or does not point at fragments. */
function byTable(fragments: ByteRange[], { offsets, lengths }: OffsetTable, frames: number): ByteRange[][] | undefined {
  const [first] = fragments;
  const last = fragments.at(-1);
  if (offsets.length !== frames || offsets[0] !== 0 || first === undefined || last === undefined) return undefined;
  const starts = offsets.map((offset) => first[0] + offset);
  const bodies = new Set(fragments.map(([offset]) => offset));
  const isAscending = starts.every((start, index) => start > (starts[index - 1] ?? 0));
  const isTrue = starts.every((start) => bodies.has(start) || start > last[0]);
  if (!isAscending || !isTrue) return undefined;
  return grouped(fragments, starts).map((frame, index) => trimmed(frame, lengths[index]));
}

/** Without the byte that makes a fragment's length even. */
function trimmed(frame: ByteRange[], length: number | undefined): ByteRange[] {
  const [only, ...others] = frame;
  return only === undefined || others.length > 0 || length === undefined
    ? frame
    : [[only[0], Math.min(only[1], length)]];
}

async function codestreamStarts(fragments: readonly ByteRange[], read: ReadBytes): Promise<number[]> {
  const starts: number[] = [];
  for (const [offset, length] of fragments) {
    const bytes = Buffer.from(await read(offset, Math.min(length, LONGEST_START_BYTES)));
    if (CODESTREAM_STARTS.some((start) => bytes.subarray(0, start.length).equals(start))) starts.push(offset);
  }
  return starts;
}

function grouped(fragments: readonly ByteRange[], starts: readonly number[]): ByteRange[][] {
  const frames: ByteRange[][] = [];
  let next = 0;
  for (const fragment of fragments) {
    if (fragment[0] === starts[next]) {
      frames.push([]);
      next += 1;
    }
    frames.at(-1)?.push(fragment);
  }
  return frames;
}
