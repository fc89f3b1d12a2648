import type { EventDefinition } from '@yinglian/contracts';
import type { z } from 'zod';
import { encodeEvent } from '../cloud-event/cloud-event.js';
import type { EventLog, LogRecord } from '../event-log/event-log.js';
import { openEventLog } from '../event-log/open-event-log.js';
import type { MessagingConfig } from '../messaging.config.js';

/** Puts an event into the form in which the log keeps it. Throws a ZodError when the data breaks the event's contract. */
export type EncodeEvent = <Data extends z.ZodType>(
  definition: EventDefinition<Data>,
  data: z.output<Data>,
  identity: { eventId: string },
) => LogRecord;

/** Publishes events of a process without a database, a hospital's gateway, whose durable truth lies elsewhere. */
export class EventPublisher {
  private constructor(
    private readonly source: string,
    private readonly log: EventLog,
  ) {}

  /** `source` is the CloudEvents source, `urn:yinglian:gateway:<hospital>`. */
  static fromConfig({ source, config }: { source: string; config: MessagingConfig }): EventPublisher {
    return new EventPublisher(source, openEventLog(config, source));
  }

  /**
   * Resolves when the event is durable in the log. Throws when it is not; the caller publishes again with the same
   * `eventId`, and consumers see one event.
   */
  async publish<Data extends z.ZodType>(
    definition: EventDefinition<Data>,
    data: z.output<Data>,
    identity: { eventId: string },
  ): Promise<void> {
    await this.append([this.encode(definition, data, identity)]);
  }

  readonly encode: EncodeEvent = (definition, data, { eventId }) =>
    encodeEvent(definition, data, { id: eventId, source: this.source, time: new Date() });

  /** The same for events that were encoded before; they keep their order within a key. */
  append(records: readonly LogRecord[]): Promise<void> {
    return this.log.append(records);
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
