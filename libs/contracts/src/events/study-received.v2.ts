import { z } from 'zod';
import { CompletionReason, Confidence } from '../completeness.js';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

/** Instances that are named at most; `missing` counts all of them. */
export const MOST_NAMED_INSTANCES = 100;

export const StudyReceivedV2 = defineHospitalEvent({
  type: 'study.received.v2',
  key: (data) => data.studyInstanceUid,
  emitted:
    'Emitted by a gateway each time it holds a study for complete: everything that was listed of it has come, or it has been quiet for so long as what is known of it asks.',
  data: z.object({
    hospital: HospitalCode,
    studyInstanceUid: Uid,
    instances: z
      .int()
      .positive()
      .describe('Distinct SOP instances of the study that this gateway has acknowledged so far'),
    reason: CompletionReason.describe('Which signal ended the waiting'),
    confidence: Confidence,
    expected: z.int().positive().nullable().describe('Instances that were listed or counted; null when nobody did'),
    missing: z.int().nonnegative().describe('Of those, how many have not come'),
    missingInstances: z
      .array(Uid)
      .max(MOST_NAMED_INSTANCES)
      .describe('Their UIDs as far as they are listed, 100 at most'),
    decidedAt: Instant,
  }),
});
