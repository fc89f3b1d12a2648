import { gunzipSync, gzipSync } from 'node:zlib';
import { ObjectDamaged } from '@yinglian/objects';
import { z } from 'zod';
import { BandCode } from '../bands/band.js';

/** A compact object: this, the length of its table (uint32, little endian), the table (gzipped JSON), and the segments end to end. */
export const COMPACT_MAGIC = Buffer.from('YLCOMP01', 'latin1');
export const HEAD_BYTES = COMPACT_MAGIC.length + 4;
export const TABLE_LIMIT_BYTES = 16 * 1024 * 1024;
/** More are more than a table holds. */
export const SEGMENTS_AT_MOST = 65_536;

const Bytes = z.number().int().nonnegative();
const Crc32 = z.number().int().min(0).max(0xffff_ffff);

const Segment = z.strictObject({
  /** Of the pack. */
  bytes: Bytes.positive(),
  /** How a band is coded; without it the bytes are the pack's. */
  coded: z.strictObject({ bytes: Bytes.positive(), crc32: Crc32, crc32Of: Crc32, band: BandCode }).optional(),
});
export type Segment = z.infer<typeof Segment>;

/** Which bytes of a pack each segment holds, from the first to the last. */
export const CompactTable = z.strictObject({
  version: z.literal(1),
  /** Of the pack. */
  sizeBytes: Bytes,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  segments: z.array(Segment).max(SEGMENTS_AT_MOST),
});
export type CompactTable = z.infer<typeof CompactTable>;

/** The bytes before the segments. */
export function compactHead(table: CompactTable): Buffer {
  const zipped = gzipSync(JSON.stringify(table));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(zipped.length);
  return Buffer.concat([COMPACT_MAGIC, length, zipped]);
}

/** Length of the table, from the first bytes. @throws ObjectDamaged */
export function tableBytes(head: Buffer): number {
  if (head.length < HEAD_BYTES || !head.subarray(0, COMPACT_MAGIC.length).equals(COMPACT_MAGIC))
    throw new ObjectDamaged('A compact object does not begin as one does');
  const length = head.readUInt32LE(COMPACT_MAGIC.length);
  if (length > TABLE_LIMIT_BYTES) throw new ObjectDamaged('The table of a compact object is longer than allowed');
  return length;
}

/** @throws ObjectDamaged */
export function parseTable(zipped: Buffer): CompactTable {
  const table = CompactTable.safeParse(jsonOf(zipped));
  if (!table.success) throw new ObjectDamaged('The table of a compact object is none');
  const { sizeBytes, segments } = table.data;
  if (segments.reduce((sum, { bytes }) => sum + bytes, 0) !== sizeBytes)
    throw new ObjectDamaged('The segments of a compact object are not its pack');
  return table.data;
}

/** Gzip carries a checksum: a table with a bit that has turned is none. */
function jsonOf(zipped: Buffer): unknown {
  try {
    return JSON.parse(gunzipSync(zipped, { maxOutputLength: 16 * TABLE_LIMIT_BYTES }).toString('utf8'));
  } catch {
    return undefined;
  }
}
