import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId, Uid } from '../identifiers.js';

/** What a statement of a patient is about: every study of the person made elsewhere, or one study. */
export const ConsentScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('study'), studyInstanceUid: Uid }),
]);

export const ConsentWithdrawnV1 = defineEvent({
  type: 'consent.withdrawn.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: "Emitted once when a patient's objection to sharing between hospitals is recorded.",
  data: z.object({
    consentId: z.uuid(),
    personId: PersonId,
    scope: ConsentScope,
    receiver: HospitalCode.exactOptional().describe(
      'The hospital that it is closed to; all others where there is none',
    ),
    withdrawnAt: Instant,
  }),
});

export const ConsentGrantedV1 = defineEvent({
  type: 'consent.granted.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when a patient takes back an earlier objection, named by its consentId.',
  data: z.object({ consentId: z.uuid(), personId: PersonId, grantedAt: Instant }),
});

export const RelationshipDeclaredV1 = defineEvent({
  type: 'relationship.declared.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted:
    'Emitted once when a clinician without a treating relationship declares one with a reason, for a limited time.',
  data: z.object({
    relationshipId: z.uuid(),
    personId: PersonId,
    subject: z.string().describe("The clinician's account, the token's `sub`"),
    hospital: HospitalCode,
    declaredAt: Instant,
    expiresAt: Instant,
  }),
});
