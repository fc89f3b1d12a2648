import { Sha256, Uid } from '@yinglian/contracts';
import { z } from 'zod';

const Bytes = z.number().int().nonnegative();
const Range = z.tuple([Bytes, Bytes]).readonly();

/** Where the pixels are; offsets count from the start of the Part 10 file. */
const Pixels = z.object({
  offset: Bytes,
  /** Null for encapsulated pixel data. */
  length: Bytes.nullable(),
  /** Fragments of each frame; null for native pixel data. */
  frames: z.array(z.array(Range).readonly()).readonly().nullable(),
});

export const IndexedInstance = z.object({
  sopInstanceUid: Uid,
  sopClassUid: z.string(),
  transferSyntaxUid: z.string(),
  /** Of the Part 10 file in the pack. */
  offset: Bytes,
  length: Bytes,
  /** Of the data set in the Part 10 file. */
  dataSetOffset: Bytes,
  dataSetSha256: Sha256,
  instanceNumber: z.string(),
  rows: Bytes,
  columns: Bytes,
  bitsAllocated: Bytes,
  numberOfFrames: Bytes,
  pixels: Pixels.nullable(),
});
export type IndexedInstance = z.infer<typeof IndexedInstance>;

/**
 * What the registry has read from a pack's bytes, in the order of its manifest. It is made again from the pack when it is
 * lost.
 */
export const PackIndex = z.object({ version: z.literal(1), instances: z.array(IndexedInstance) });
export type PackIndex = z.infer<typeof PackIndex>;

export const packKey = (digest: string) => `packs/${digest.slice(0, 3)}/${digest}`;
export const indexKey = (digest: string) => `${packKey(digest)}.index`;
export const metadataKey = (digest: string) => `${packKey(digest)}.metadata`;
