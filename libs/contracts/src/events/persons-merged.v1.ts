import { z } from 'zod';
import { defineEvent } from '../event-definition.js';
import { Instant, PersonId } from '../identifiers.js';

const Version = z
  .number()
  .int()
  .positive()
  .describe('Counts the merges and splits of this person; a higher one replaces what was told before');

export const PersonsMergedV1 = defineEvent({
  type: 'persons.merged.v1',
  topic: 'persons',
  key: (data) => data.personId,
  emitted:
    'Emitted for each person whom another one stands for from now on: since the two are one, or since another merge changed who stands for them.',
  data: z.object({
    personId: PersonId,
    survivorPersonId: PersonId.describe('Stands for all of them; never one that another stands for at that time'),
    version: Version,
    mergedAt: Instant,
  }),
});

export const PersonsSplitV1 = defineEvent({
  type: 'persons.split.v1',
  topic: 'persons',
  key: (data) => data.personId,
  emitted: 'Emitted for each person who stands for themselves again: a merge was taken back.',
  data: z.object({
    personId: PersonId,
    fromPersonId: PersonId.describe('Who stood for this person until now'),
    version: Version,
    splitAt: Instant,
  }),
});
