import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@yinglian/contracts';
import { eventLogReader } from '@yinglian/local';
import { CloudEvent, type EventLog, type LogSubscription, openEventLog } from '@yinglian/messaging';
import type { Province } from '@yinglian/testing';

const CAUGHT_UP_WITHIN_MS = 30_000;

type Families = readonly EventDefinition['topicFamily'][];

/** Reads some topics of a province's event log from their beginning. The log may hold an event twice; it has one id. */
export class EventReader {
  private readonly found = new Map<string, CloudEvent>();

  private constructor(
    private readonly log: EventLog,
    private readonly families: Families,
  ) {}

  /** Uses it until `use` is done. */
  static async with<T>(
    province: Province,
    events: 'postgres' | 'kafka',
    families: Families,
    use: (all: () => Promise<CloudEvent[]>) => Promise<T>,
  ): Promise<T> {
    const log = openEventLog(eventLogReader(province.home, events), 'chaos');
    try {
      const reader = new EventReader(log, families);
      const subscription = await reader.subscribe();
      return await use(() => reader.all(subscription));
    } finally {
      await log.close();
    }
  }

  private subscribe(): Promise<LogSubscription> {
    return this.log.subscribe({
      group: `chaos-${randomUUID()}`,
      families: this.families,
      onRecords: async (records) => {
        for (const { eventId, envelope } of records) this.found.set(eventId, CloudEvent.parse(JSON.parse(envelope)));
      },
    });
  }

  /** All events that were in the log when it was called. */
  private async all(subscription: LogSubscription): Promise<CloudEvent[]> {
    await subscription.caughtUp(this.families, CAUGHT_UP_WITHIN_MS);
    return [...this.found.values()];
  }
}
