import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@yinglian/contracts';
import { z } from 'zod';
import { encodeEvent } from '../cloud-event/cloud-event.js';
import type { LogRecord } from '../event-log/event-log.js';

const Cup = z.object({ cup: z.string(), pour: z.number(), hospital: z.string().optional() });
export type Cup = z.infer<typeof Cup>;
export type CupEvent = EventDefinition<typeof Cup>;

/** An event for tests of the log itself, on the topic `persons` or on a hospital's. */
export const cupEvents = (type: string): CupEvent => ({
  type,
  emitted: 'Emitted when tea is poured.',
  topicFamily: 'persons',
  data: Cup,
  topicOf: ({ hospital }) => (hospital === undefined ? 'persons' : `hospital.${hospital}`),
  keyOf: ({ cup }) => cup,
});

export const recordOf = (definition: CupEvent, data: Cup): LogRecord =>
  encodeEvent(definition, data, { id: randomUUID(), source: 'urn:yinglian:kitchen', time: new Date() });
