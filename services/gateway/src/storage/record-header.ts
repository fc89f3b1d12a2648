import { crc32 } from 'node:zlib';
import { Instant, Uid } from '@yinglian/contracts';
import { z } from 'zod';

/** What stands before each Part 10 file in a segment. */
export const RecordHeader = z.object({
  segmentName: z
    .string()
    .max(64)
    .describe('A file is used again: a record of another segment is what an earlier use left'),
  length: z.number().int().positive().describe('Bytes of the Part 10 file'),
  dataSetOffset: z.number().int().positive().describe('Of the data set in the Part 10 file'),
  durableBytes: z.number().int().nonnegative().describe('Of the segment: what was durable when this was written'),
  crc32: z.number().int().describe('Of the Part 10 file'),
  sopClassUid: Uid,
  sopInstanceUid: Uid,
  studyInstanceUid: Uid,
  seriesInstanceUid: Uid,
  transferSyntaxUid: z.string().max(64),
  patientMark: z.string().max(64).describe('Equal for instances that describe their patient with the same bytes'),
  receivedAt: Instant,
  callingAeTitle: z.string().max(16).nullable(),
  via: z.enum(['C-STORE', 'STOW-RS']),
  isHighPriority: z.boolean().optional().describe('C-STORE asked for Priority HIGH; older records do not say'),
});
export type RecordHeader = z.infer<typeof RecordHeader>;

/** A header and a file begin at multiples of this. */
export const BLOCK_BYTES = 4096;
const FAMILY = Buffer.from('YLSPOOL', 'latin1');
const MAGIC = Buffer.from('YLSPOOL3', 'latin1');
const HEAD_BYTES = MAGIC.length + 8;

export const aligned = (bytes: number) => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/** One block: magic, length and CRC-32 of the JSON, the JSON. */
export function encodeRecordHeader(header: RecordHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  if (json.length > BLOCK_BYTES - HEAD_BYTES) throw new Error('A record header is longer than its block');
  const block = Buffer.alloc(BLOCK_BYTES);
  MAGIC.copy(block);
  block.writeUInt32LE(json.length, MAGIC.length);
  block.writeUInt32LE(crc32(json), MAGIC.length + 4);
  json.copy(block, HEAD_BYTES);
  return block;
}

/** The header in a block, or undefined when there is none or it is damaged. */
export function decodeRecordHeader(block: Buffer): RecordHeader | undefined {
  if (block.length < BLOCK_BYTES || !block.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const length = block.readUInt32LE(MAGIC.length);
  if (length > BLOCK_BYTES - HEAD_BYTES) return undefined;
  const json = block.subarray(HEAD_BYTES, HEAD_BYTES + length);
  if (crc32(json) !== block.readUInt32LE(MAGIC.length + 4)) return undefined;
  return RecordHeader.safeParse(JSON.parse(json.toString('utf8'))).data;
}

/** Whether a block begins as the headers of all versions of the gateway do. */
export const isHeaderOfAnyVersion = (block: Buffer) => block.subarray(0, FAMILY.length).equals(FAMILY);
