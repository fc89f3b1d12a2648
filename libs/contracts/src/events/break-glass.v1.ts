import { z } from 'zod';
import { BreakGlassKind, BreakGlassVerdict } from '../break-glass.js';
import { DepartmentCode } from '../directory-seed.js';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId } from '../identifiers.js';

export const BreakGlassOpenedV1 = defineEvent({
  type: 'break-glass.opened.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted:
    "Emitted once when a clinician opens one person's studies in an emergency, past the patient's objection, for a limited time.",
  data: z.object({
    breakGlassId: z.uuid(),
    personId: PersonId,
    subject: z.string().describe("The clinician's account, the token's `sub`"),
    hospital: HospitalCode,
    department: DepartmentCode.nullable().describe('Of the clinician; null when the directory names none'),
    kind: BreakGlassKind,
    openedAt: Instant,
    expiresAt: Instant,
  }),
});

export const BreakGlassClosedV1 = defineEvent({
  type: 'break-glass.closed.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when a break-glass ends: by its opener, or some seconds after its time is over.',
  data: z.object({
    breakGlassId: z.uuid(),
    personId: PersonId,
    subject: z.string().describe('Who opened it'),
    cause: z.enum(['opener', 'time']),
    closedAt: Instant,
  }),
});

export const BreakGlassReviewedV1 = defineEvent({
  type: 'break-glass.reviewed.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted for each verdict of an auditor on a break-glass; a later one stands beside the earlier.',
  data: z.object({
    breakGlassId: z.uuid(),
    personId: PersonId,
    reviewId: z.uuid(),
    verdict: BreakGlassVerdict,
    reviewedBy: z.string().describe("The auditor's account"),
    reviewedAt: Instant,
  }),
});
