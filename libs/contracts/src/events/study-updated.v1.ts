import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

export const StudyUpdatedV1 = defineEvent({
  type: 'study.updated.v1',
  topic: 'studies',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted when a further pack adds instances to a registered study, when a steward’s decision changes which version of its instances is registered, and when series or instances of it are withdrawn or restored.',
  data: z.object({
    studyInstanceUid: Uid,
    hospital: HospitalCode,
    version: z.number().int().positive(),
    instances: z.number().int().nonnegative(),
    updatedAt: Instant,
  }),
});
