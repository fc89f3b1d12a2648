import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { Instant, LocalPatientKey, PersonId } from '../identifiers.js';

/**
 * Why a hospital's patient belongs to a person. STRONG_ID: a number that only one person has, and name or birth date agree.
 * HOSPITAL: the hospital said that two of its patients are one. STEWARD: a data steward decided, or took a decision back.
 */
export const LinkReason = z.enum(['NEW_PERSON', 'STRONG_ID', 'HOSPITAL', 'STEWARD']);
export type LinkReason = z.infer<typeof LinkReason>;

export const PersonLinkedV2 = defineEvent({
  type: 'person.linked.v2',
  topic: 'persons',
  key: (data) => data.personId,
  emitted:
    "Emitted when it is decided which person a hospital's patient belongs to, and again when a merge, a split or its undoing changes that; a later one of a higher version for the same patient replaces it.",
  data: z.object({
    personId: PersonId,
    patient: LocalPatientKey,
    reason: LinkReason,
    version: z.number().int().positive().describe('Counts the links of the patient, with those of person.linked.v1'),
    linkedAt: Instant,
  }),
});
