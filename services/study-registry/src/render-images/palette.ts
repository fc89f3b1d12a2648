import { numbersOf } from './attributes.js';
import { type FrameSource, readBinary } from './frame-source.js';
import { type LookupTable, segmentedTableOf, tableOf } from './lookup-table.js';

/** Red, green and blue tables of a PALETTE COLOR image (PS3.3 section C.7.6.3.1.5 and 6). */
export type Palette = readonly [red: LookupTable, green: LookupTable, blue: LookupTable];

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
/** Descriptor, data, data in segments. */
const COLOURS = [
  ['00281101', '00281201', '00281221'],
  ['00281102', '00281202', '00281222'],
  ['00281103', '00281203', '00281223'],
] as const;

/** Null when a table is missing or broken. */
export async function readPalette(source: FrameSource): Promise<Palette | null> {
  const [red, green, blue] = await Promise.all(COLOURS.map((tags) => readTable(source, tags)));
  return red && green && blue ? [red, green, blue] : null;
}

async function readTable(
  source: FrameSource,
  [descriptorTag, dataTag, segmentsTag]: (typeof COLOURS)[number],
): Promise<LookupTable | null> {
  const descriptor = numbersOf(source.metadata, descriptorTag);
  const isBigEndian = source.transferSyntaxUid === BIG_ENDIAN;
  const data = await readBinary(source, dataTag);
  if (data.length > 0) return tableOf(descriptor, data, isBigEndian);
  return segmentedTableOf(descriptor, await readBinary(source, segmentsTag), isBigEndian);
}
