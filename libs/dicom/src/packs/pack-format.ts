import { HospitalCode, Instant, Sha256, Uid } from '@yinglian/contracts';
import { z } from 'zod';

/** Media type of a pack. */
export const PACK_MEDIA_TYPE = 'application/vnd.yinglian.pack';

/** Instances of a pack together have at most this many bytes, unless there is only one. */
export const PACK_TARGET_BYTES = 32 * 1024 * 1024;

/** No pack is larger: a data set's elements cannot be longer (PS3.5 section 7.1), and a manifest is small. */
export const PACK_LIMIT_BYTES = 4 * 1024 ** 3 + 64 * 1024 * 1024;

/** A file with the longest element there can be, and something around it: its manifest has room in the pack. */
export const LONGEST_FILE_BYTES = PACK_LIMIT_BYTES - 64 * 1024 * 1024;

export const PACK_MAGIC = Buffer.from('YLPACK01', 'latin1');

/** Length of the manifest (uint32, little endian) and the magic. */
export const PACK_TRAILER_BYTES = 4 + PACK_MAGIC.length;

export const MANIFEST_LIMIT_BYTES = 16 * 1024 * 1024;

const Bytes = z.number().int().nonnegative();

export const PackInstance = z.object({
  sopInstanceUid: Uid,
  sopClassUid: Uid,
  transferSyntaxUid: Uid,
  offset: Bytes.describe('Of the Part 10 file in the pack'),
  length: Bytes.positive().describe('Of the Part 10 file'),
  dataSetOffset: Bytes.describe('Of the data set in the Part 10 file'),
  dataSetSha256: Sha256.describe('Of the data set'),
  receivedAt: Instant,
  callingAeTitle: z.string().max(16).nullable(),
  via: z.enum(['C-STORE', 'STOW-RS']),
});
export type PackInstance = z.infer<typeof PackInstance>;

/** What stands at the end of a pack: one series of one study of one hospital (ADR 0003). */
export const PackManifest = z.object({
  version: z.literal(1),
  hospital: HospitalCode,
  studyInstanceUid: Uid,
  seriesInstanceUid: Uid,
  instances: z.array(PackInstance).min(1).max(100_000),
});
export type PackManifest = z.infer<typeof PackManifest>;
