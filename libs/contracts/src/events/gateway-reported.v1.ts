import { z } from 'zod';
import { GapCode, LocalDay } from '../completeness.js';
import { defineHospitalEvent } from '../event-definition.js';
import { HospitalCode, Instant, Uid } from '../identifiers.js';

const Count = z.int().nonnegative();

/** Studies that are named for each gap at most. */
export const MOST_NAMED_STUDIES = 50;

export const GatewayReportedV1 = defineHospitalEvent({
  type: 'gateway.reported.v1',
  key: (data) => data.hospital,
  emitted:
    'Emitted by a gateway after its daily reconciliation for each of the last days whose figures are new or have changed; a later one for the same day replaces it.',
  data: z.object({
    hospital: HospitalCode,
    day: LocalDay.describe('Day on which the exams were performed, or ordered as long as they are not'),
    reportedAt: Instant,
    isVerified: z.boolean().describe('The registry was asked what it has; otherwise it was away'),
    exams: z
      .object({
        ordered: Count,
        performed: Count,
        received: Count,
        uploaded: Count,
        registered: Count,
        cancelled: Count,
      })
      .describe('Exams by how far they have come'),
    deadlines: z
      .object({ met: Count, late: Count, due: Count, overdue: Count })
      .describe(
        'Performed exams by their deadline: registered in time or after it; not registered, before or after it',
      ),
    studies: Count.describe('Studies whose first image came on that day'),
    gaps: z.array(
      z.object({
        code: GapCode,
        count: z.int().positive(),
        studies: z.array(Uid).max(MOST_NAMED_STUDIES).describe('Study Instance UIDs, where there are any'),
      }),
    ),
  }),
});
