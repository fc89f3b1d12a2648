import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

/** Why something is withdrawn: codes of DCM (PS3.16, CID 7011), as key objects of IHE IOCM have them. */
export const WITHDRAWAL_REASONS = {
  '113001': 'Rejected for Quality Reasons',
  '113037': 'Rejected for Patient Safety Reasons',
  '113038': 'Incorrect Modality Worklist Entry',
  '113039': 'Data Retention Policy Expired',
} as const;

export const WithdrawalReason = z.enum(['113001', '113037', '113038', '113039']);
export type WithdrawalReason = z.infer<typeof WithdrawalReason>;

const ofStudy = { studyInstanceUid: Uid, hospital: HospitalCode };

export const StudyWithdrawnV1 = defineEvent({
  type: 'study.withdrawn.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when a steward withdraws a study that was made in error. Nothing of it is shown from then on; whoever keeps something of it hides that.',
  data: z.object({
    ...ofStudy,
    version: z.number().int().positive(),
    reason: WithdrawalReason.describe('Code of DCM (PS3.16, CID 7011)'),
    withdrawnAt: Instant,
  }),
});

export const StudyRestoredV1 = defineEvent({
  type: 'study.restored.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when a steward takes the withdrawal of a study back: it is shown again, with what has come meanwhile.',
  data: z.object({
    ...ofStudy,
    version: z.number().int().positive(),
    instances: z.number().int().nonnegative(),
    restoredAt: Instant,
  }),
});

export const StudyHeldV1 = defineEvent({
  type: 'study.held.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when a legal hold is laid on a study: it may not be disposed of. What is shown of it stays as it is.',
  data: z.object({ ...ofStudy, heldAt: Instant }),
});

export const StudyReleasedV1 = defineEvent({
  type: 'study.released.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted: 'Emitted when a legal hold on a study ends.',
  data: z.object({ ...ofStudy, releasedAt: Instant }),
});
