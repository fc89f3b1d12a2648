import type { KafkaMessage, Message } from 'kafkajs';
import type { LogRecord } from '../event-log/event-log.js';

/** The name of the record header that carries the event's id. */
const EVENT_ID = 'event-id';

export const messageOf = ({ key, eventId, envelope }: LogRecord): Message => ({
  key,
  value: envelope,
  headers: { [EVENT_ID]: eventId },
});

export function recordOf(topic: string, partition: number, { key, value, headers, offset }: KafkaMessage): LogRecord {
  const id = headers?.[EVENT_ID];
  return {
    topic,
    key: key?.toString() ?? '',
    // A record that no service of ours wrote is still told apart from others when it is set aside.
    eventId: typeof id === 'string' || Buffer.isBuffer(id) ? id.toString() : `partition-${partition}-offset-${offset}`,
    envelope: value?.toString() ?? '',
  };
}
