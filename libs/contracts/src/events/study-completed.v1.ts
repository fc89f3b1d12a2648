import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

export const StudyCompletedV1 = defineEvent({
  type: 'study.completed.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when every instance that the gateway reported as received is registered; again if instances arrive after that and are all registered.',
  data: z.object({
    studyInstanceUid: Uid,
    hospital: HospitalCode,
    version: z.number().int().positive(),
    instances: z.number().int().positive(),
    reason: z.enum(['QUIET_AFTER_RELEASE', 'QUIET_TIME']),
    completedAt: Instant,
  }),
});
