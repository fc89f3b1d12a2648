import { crc32 } from 'node:zlib';
import { ObjectDamaged } from '@yinglian/objects';
import type { BandThreads } from '../bands/band-threads.js';
import type { Segment } from './compact-table.js';

export type DecodesBands = Pick<BandThreads, 'decode'>;

/** The bytes of the pack that a coded segment holds. @throws ObjectDamaged */
export async function checkedBand(
  { bytes, coded }: Segment,
  stored: Uint8Array,
  bands: DecodesBands,
): Promise<Uint8Array> {
  if (coded === undefined) return stored;
  if (stored.length !== coded.bytes || crc32(stored) !== coded.crc32)
    throw new ObjectDamaged('A segment of a compact object has changed');
  const band = await bands.decode(coded.band, stored);
  if (band.length !== bytes || crc32(band) !== coded.crc32Of)
    throw new ObjectDamaged('A segment of a compact object is decoded to something else');
  return band;
}
