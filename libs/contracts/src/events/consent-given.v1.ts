import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { HospitalCode, Instant, PersonId } from '../identifiers.js';
import { ConsentScope } from './consent.v1.js';

const Persons = z
  .array(PersonId)
  .min(1)
  .max(200)
  .describe('Everybody who was one with the person when it was said: it holds only while all of them are');

export const ConsentGivenV1 = defineEvent({
  type: 'consent.given.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when a patient consents to sharing: an exception from what they closed before.',
  data: z.object({
    consentId: z.uuid(),
    personId: PersonId,
    persons: Persons,
    scope: ConsentScope,
    receiver: HospitalCode.nullable().describe('The hospital that it is opened to; null: all others'),
    givenAt: Instant,
    endsAt: Instant.exactOptional().describe('From then on it opens nothing; no end where there is none'),
  }),
});

export const ConsentEndedV1 = defineEvent({
  type: 'consent.ended.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when a consent of a patient ends: it is taken back, or those who were one are one no more.',
  data: z.object({ consentId: z.uuid(), personId: PersonId, persons: Persons, endedAt: Instant }),
});

export const AccountLinkedV1 = defineEvent({
  type: 'account.linked.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when a clerk has seen who a patient is and lets an account stand for them.',
  data: z.object({
    linkId: z.uuid(),
    account: z.string().describe("The account's name, the token's `sub`"),
    personId: PersonId,
    persons: Persons,
    endsAt: Instant.nullable().describe("Of a guardian: the child's 14th birthday"),
    linkedAt: Instant,
  }),
});

export const AccountUnlinkedV1 = defineEvent({
  type: 'account.unlinked.v1',
  topic: 'consents',
  key: (data) => data.personId,
  emitted: 'Emitted once when an account stands for a patient no more.',
  data: z.object({ linkId: z.uuid(), personId: PersonId, unlinkedAt: Instant }),
});
