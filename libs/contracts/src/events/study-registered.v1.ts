import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, LocalPatientKey, Uid } from '../identifiers.js';

export const StudyRegisteredV1 = defineEvent({
  type: 'study.registered.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted: 'Emitted once, when the first pack of a study is committed.',
  data: z.object({
    studyInstanceUid: Uid,
    hospital: HospitalCode,
    patient: LocalPatientKey,
    version: z.number().int().positive(),
    instances: z.number().int().nonnegative(),
    registeredAt: Instant,
  }),
});
