import { z } from 'zod';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

export const StudyReceivedV1 = defineHospitalEvent({
  type: 'study.received.v1',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted by a gateway each time a study that received instances has been quiet for the configured time: no association or request that carried it is open.',
  data: z.object({
    hospital: HospitalCode,
    studyInstanceUid: Uid,
    instances: z
      .number()
      .int()
      .positive()
      .describe('Distinct SOP instances of the study that this gateway has acknowledged so far'),
    reason: z.enum(['QUIET_AFTER_RELEASE', 'QUIET_TIME']).describe('Which signal ended the waiting'),
    quietSince: Instant,
  }),
});
