import { DepartmentCode, HospitalCode, Roles } from '@yinglian/contracts';
import { z } from 'zod';
import { Reason } from '../manage-staff/staff-input.js';

/** What is not named stays. */
export const ProposedPosition = z.strictObject({
  version: z.int().positive().describe('The version that was read; another one meanwhile is 409 VERSION_CONFLICT'),
  roles: Roles.exactOptional(),
  hospital: HospitalCode.nullable().exactOptional(),
  department: DepartmentCode.nullable().exactOptional(),
  reason: Reason,
});
export type ProposedPosition = z.output<typeof ProposedPosition>;

export const Refusal = z.strictObject({ reason: Reason });
export type Refusal = z.output<typeof Refusal>;

export const ProposalId = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

export const ProposalSearch = z.strictObject({
  list: z
    .enum(['waiting', 'settled'])
    .default('waiting')
    .describe('What waits comes oldest first, what is settled newest first'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: ProposalId.optional().describe('nextCursor of the page before'),
});
export type ProposalSearch = z.output<typeof ProposalSearch>;
