import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { Instant, LocalPatientKey, PersonId } from '../identifiers.js';

/** Why a hospital's patient belongs to a person. */
export const LinkRule = z.enum(['RESIDENT_ID', 'NEW_PERSON', 'STEWARD']);
export type LinkRule = z.infer<typeof LinkRule>;

export const PersonLinkedV1 = defineEvent({
  type: 'person.linked.v1',
  topic: 'persons',
  key: (data) => data.personId,
  emitted:
    "Emitted when a hospital's patient is linked to a person; a later one of a higher version for the same patient replaces it.",
  data: z.object({
    personId: PersonId,
    patient: LocalPatientKey,
    rule: LinkRule,
    version: z.number().int().positive(),
    linkedAt: Instant,
  }),
});
