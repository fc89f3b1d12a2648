import type { DicomJson } from '@yinglian/dicom';
import { itemsOf, numbersOf } from './attributes.js';
import { expandedSegments } from './segmented-table.js';

/** Maps stored values from `first` on; values outside take the nearest entry (PS3.3 section C.11.1.1). */
export interface LookupTable {
  readonly first: number;
  readonly bits: number;
  readonly entries: Uint16Array;
}

const DESCRIPTOR = '00283002';
const DATA = '00283006';
const MOST_ENTRIES = 65536;

/** The first table of a Modality LUT or VOI LUT Sequence, or null. */
export function lookupTableOf(metadata: DicomJson, sequence: string): LookupTable | null {
  const [item] = itemsOf(metadata, sequence);
  if (item === undefined) return null;
  const inline = item[DATA]?.InlineBinary;
  const listed = numbersOf(item, DATA);
  if (inline !== undefined) return tableOf(numbersOf(item, DESCRIPTOR), Buffer.from(inline, 'base64'), false);
  return listed.length === 0 ? null : tableWith(numbersOf(item, DESCRIPTOR), Uint16Array.from(listed));
}

/** From a descriptor (entries, first value mapped, bits) and data of 8 or 16 bits an entry. */
export function tableOf(descriptor: readonly number[], data: Buffer, bigEndian: boolean): LookupTable | null {
  const count = entriesOf(descriptor);
  const isWide = data.length >= count * 2;
  const values = isWide ? wordsOf(data, bigEndian) : data;
  return tableWith(descriptor, Uint16Array.from(values.subarray(0, count)));
}

/** The same from data in segments (PS3.3 section C.7.9.2), of as many bits as the descriptor says. */
export function segmentedTableOf(descriptor: readonly number[], data: Buffer, bigEndian: boolean): LookupTable | null {
  const values = (descriptor[2] ?? 16) > 8 ? wordsOf(data, bigEndian) : data;
  const entries = expandedSegments({ values, entries: entriesOf(descriptor) });
  return entries === null ? null : tableWith(descriptor, entries);
}

const entriesOf = ([count = 0]: readonly number[]) => (count === 0 ? MOST_ENTRIES : count);

function wordsOf(data: Buffer, bigEndian: boolean): Uint16Array {
  return Uint16Array.from({ length: data.length >> 1 }, (_, index) =>
    bigEndian ? data.readUInt16BE(index * 2) : data.readUInt16LE(index * 2),
  );
}

function tableWith([, first = 0, bits = 16]: readonly number[], entries: Uint16Array): LookupTable | null {
  return entries.length === 0 ? null : { first, bits: Math.min(Math.max(bits, 1), 16), entries };
}

export function lookUp({ first, entries }: LookupTable, value: number): number {
  return entries[Math.min(Math.max(Math.round(value) - first, 0), entries.length - 1)] ?? 0;
}
