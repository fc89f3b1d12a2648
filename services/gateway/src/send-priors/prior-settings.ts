import { AeTitle } from '@yinglian/contracts';
import { z } from 'zod';

/** Where studies of other hospitals go when a patient visits this one; without the section none is fetched. */
export const PriorSettings = z.strictObject({
  destination: AeTitle.describe('One of the devices, with its address: a PACS or a workstation'),
  modalities: z
    .array(z.string().regex(/^[A-Z0-9_]{1,16}$/))
    .max(32)
    .default([])
    .describe('Preset all'),
  years: z.number().int().min(1).max(30).default(5).describe('No older than these'),
  maximumStudies: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(5)
    .describe('Of one patient: those like the ordered exam, then the newest'),
});
export type PriorSettings = z.output<typeof PriorSettings>;
