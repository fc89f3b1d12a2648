import type { EventDefinition } from '@yinglian/contracts';
import { storableText } from '@yinglian/persistence';
import { z } from 'zod';
import type { LogRecord } from '../event-log/event-log.js';
import { currentTraceparent } from './trace-context.js';

/** CloudEvents 1.0 in structured JSON mode, with the distributed tracing extension. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().startsWith('urn:yinglian:').max(200),
  type: z.string().min(1).max(200),
  subject: z.string().min(1).max(500).describe("The event's key"),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().max(100).optional().describe('W3C Trace Context of what caused the event'),
  data: z.unknown(),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

export interface NewEvent {
  readonly id: string;
  /** `urn:yinglian:<service>` or `urn:yinglian:gateway:<hospital>`. */
  readonly source: string;
  readonly time: Date;
}

/** Puts checked data into its envelope. Throws a ZodError when the data breaks the event's contract. */
export function encodeEvent<Data extends z.ZodType>(
  definition: EventDefinition<Data>,
  data: z.output<Data>,
  { id, source, time }: NewEvent,
): LogRecord {
  const checked = definition.data.parse(data);
  // Hospitals make some of them, and one that a log refuses would stop all that is behind it.
  const key = storableText(definition.keyOf(checked));
  const traceparent = currentTraceparent();
  const event = CloudEvent.parse({
    specversion: '1.0',
    id,
    source,
    type: definition.type,
    subject: key,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    ...(traceparent === undefined ? {} : { traceparent }),
    data: checked,
  });
  return { topic: definition.topicOf(checked), key, eventId: id, envelope: JSON.stringify(event) };
}
