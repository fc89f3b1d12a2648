import { z } from 'zod';

export const EXPORT_FORMAT = 'yinglian-audit-log/1';

const Base64 = z.base64();
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * A line of an export: JSON, one a line. The header comes first, then checkpoints by their sizes, then each level-0 tile of the tree (the
 * hashes of up to 256 records) with its records behind it, then the end, without which a part is missing.
 */
export const ExportLine = z.union([
  z.strictObject({
    format: z.literal(EXPORT_FORMAT),
    origin: z.string(),
    exportedAt: z.iso.datetime(),
    /** How many records were sealed. */
    size: Count,
    /** Of whoever signs; what they are has to be known from elsewhere to be trusted. */
    verifierKeys: z.array(z.string()),
    /** Checkpoints at which these keys became others, the earliest first; left out where they never did. */
    turns: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({ checkpoint: z.string() }),
  z.strictObject({ tile: Count, hashes: Base64 }),
  z.strictObject({ index: Count, record: z.record(z.string(), z.unknown()) }),
  z.strictObject({ end: z.literal(true), records: Count }),
]);
export type ExportLine = z.infer<typeof ExportLine>;
