import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { Instant } from '../identifiers.js';

/** Cedar text by file name, as people read it. */
export const PolicyFiles = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,40}\.cedar$/), z.string().max(50_000));
export type PolicyFiles = z.infer<typeof PolicyFiles>;

export const PoliciesAdoptedV1 = defineEvent({
  type: 'policies.adopted.v1',
  topic: 'consents',
  key: (data) => data.version,
  emitted:
    'Emitted once when a second security administrator signs policies that another proposed: every service decides by them from then on. Of several the one with the highest adoption is in force.',
  data: z.object({
    adoption: z.number().int().positive().describe('Counts adoptions in the province, from 1'),
    version: z.string().max(64).describe('As decisions are recorded with it'),
    files: PolicyFiles,
    adoptedAt: Instant,
    proposedBy: z.string().describe('The account that proposed them'),
    signedBy: z.string().describe('The account that signed them off'),
  }),
});
