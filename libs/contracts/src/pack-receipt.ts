import { z } from 'zod';

const Count = z.int().min(0);

/** What the registry says of a pack that it has committed, in its answer to `PUT /api/study-registry/packs/:digest`. */
export const PackReceipt = z.object({
  stored: Count,
  duplicates: Count.describe('Instances whose bytes were there before'),
  quarantined: Count.describe('Instances that a steward has to decide on'),
  notServed: z
    .array(Count)
    .describe(
      'Places in the manifest, from 0, of instances that are kept while the province serves other bytes or none under their UID',
    ),
});
export type PackReceipt = z.infer<typeof PackReceipt>;
