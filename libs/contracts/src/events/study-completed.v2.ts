import { z } from 'zod';
import { CompletionReason, Confidence } from '../completeness.js';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

export const StudyCompletedV2 = defineEvent({
  type: 'study.completed.v2',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when every instance that the gateway reported as received is registered; again if instances arrive after that and are all registered.',
  data: z.object({
    studyInstanceUid: Uid,
    hospital: HospitalCode,
    version: z.int().positive(),
    instances: z.int().positive(),
    reason: CompletionReason.describe('Why the gateway held it for complete'),
    confidence: Confidence,
    expected: z.int().positive().nullable().describe('Instances that were listed or counted at the hospital'),
    missing: z.int().nonnegative().describe('Of those, how many have not come'),
    completedAt: Instant,
  }),
});
