import { vrOf } from './dictionary.js';

/** VRs of 64-bit numbers (PS3.5 section 6.2): dicom-parser does not know that their length has four bytes. */
const VRS = ['OV', 'SV', 'UV'].map((vr) => ({ vr, head: Buffer.from(`${vr}\0\0`, 'latin1') }));
const PREAMBLE_BYTES = 132;
const UNKNOWN = Buffer.from('UN', 'latin1');

/**
 * The same bytes, or a copy in which the standard's elements of those VRs are UN, which is laid out alike (PS3.5 section 7.1.2);
 * the dictionary gives the VR back to who reads the values.
 */
export function withoutLongVrs(file: Buffer): Buffer {
  const places = VRS.flatMap(({ vr, head }) => placesOf(file, head).filter((at) => isTagOf(vr, file, at - 4)));
  if (places.length === 0) return file;
  const copy = Buffer.from(file);
  for (const at of places) UNKNOWN.copy(copy, at);
  return copy;
}

function placesOf(file: Buffer, head: Buffer): number[] {
  const places: number[] = [];
  for (let at = file.indexOf(head, PREAMBLE_BYTES); at >= 0; at = file.indexOf(head, at + 1)) places.push(at);
  return places;
}

const hex = (value: number) => value.toString(16).padStart(4, '0').toUpperCase();

/** In either order of bytes. */
function isTagOf(vr: string, file: Buffer, at: number): boolean {
  const little = `${hex(file.readUInt16LE(at))}${hex(file.readUInt16LE(at + 2))}`;
  const big = `${hex(file.readUInt16BE(at))}${hex(file.readUInt16BE(at + 2))}`;
  return vrOf(little) === vr || vrOf(big) === vr;
}
