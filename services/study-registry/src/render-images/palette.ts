import { numbersOf } from './attributes.js';
import type { FrameSource } from './frame-source.js';
import { type LookupTable, tableOf } from './lookup-table.js';

/** Red, green and blue tables of a PALETTE COLOR image (PS3.3 section C.7.6.3.1.5 and 6). */
export type Palette = readonly [red: LookupTable, green: LookupTable, blue: LookupTable];

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const COLOURS = [
  ['00281101', '00281201'],
  ['00281102', '00281202'],
  ['00281103', '00281203'],
] as const;

/** Null when a table is missing; segmented tables (PS3.3 section C.7.9.2) are not read. */
export async function readPalette(source: FrameSource): Promise<Palette | null> {
  const [red, green, blue] = await Promise.all(
    COLOURS.map(async ([descriptor, data]) => {
      const bytes = await binaryOf(source, data);
      return tableOf(numbersOf(source.metadata, descriptor), bytes, source.transferSyntaxUid === BIG_ENDIAN);
    }),
  );
  return red && green && blue ? [red, green, blue] : null;
}

async function binaryOf({ metadata, readBulk }: FrameSource, tag: string): Promise<Buffer> {
  const element = metadata[tag];
  if (element?.InlineBinary !== undefined) return Buffer.from(element.InlineBinary, 'base64');
  return element?.BulkDataURI === undefined ? Buffer.alloc(0) : readBulk(tag);
}
