import type { EventData, EventDefinition } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { CloudEvent } from '../cloud-event/cloud-event.js';
import type { LogRecord } from '../event-log/event-log.js';

/** An event as a handler gets it: its data has been checked against its contract. */
export interface ReceivedEvent<D extends EventDefinition = EventDefinition> {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  /** When it was emitted: UTC instant, RFC 3339. */
  readonly time: string;
  readonly traceparent: string | undefined;
  readonly data: EventData<D>;
}

export interface EventContext {
  /** Effects, outbox and inbox commit in this one transaction. */
  readonly tx: Sql;
}

/** A record on its way to its handler; malformed when its contract is broken, undefined when nobody here wants it. */
export type Incoming =
  | { readonly kind: 'event'; readonly record: LogRecord; readonly event: ReceivedEvent }
  | { readonly kind: 'malformed'; readonly record: LogRecord; readonly type: string; readonly reason: string };

/** Opens an envelope. The log guards topics only, so an event must belong to the topic and key it came with. */
export function readRecord(record: LogRecord, wanted: ReadonlyMap<string, EventDefinition>): Incoming | undefined {
  const malformed = (type: string, reason: string): Incoming => ({ kind: 'malformed', record, type, reason });
  const envelope = CloudEvent.safeParse(jsonOf(record.envelope));
  if (!envelope.success) return malformed('unknown', `Not a CloudEvent: ${envelope.error.message}`);
  const { id, source, type, time, traceparent } = envelope.data;
  const definition = wanted.get(type);
  if (definition === undefined) return undefined;
  if (id !== record.eventId) return malformed(type, 'The envelope has another id than the record');
  const data = definition.data.safeParse(envelope.data.data);
  if (!data.success) return malformed(type, `Breaks the contract of ${type}: ${data.error.message}`);
  if (definition.topicOf(data.data) !== record.topic) return malformed(type, 'The event belongs on another topic');
  if (definition.keyOf(data.data) !== record.key) return malformed(type, 'The event has another key than the record');
  const { topic, key } = record;
  return { kind: 'event', record, event: { id, source, type, topic, key, time, traceparent, data: data.data } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
