import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Database, type Sql } from '@yinglian/persistence';
import { isOutage, messageOf } from '@yinglian/platform';
import { blocked, bury } from '../dead-letters/dead-letter.store.js';
import type { LogRecord } from '../event-log/event-log.js';
import { type EventHandler, handleTraced } from './handle-events.js';
import { claim, unclaim } from './inbox.store.js';
import { orderBatches } from './order-batches.js';
import { type Incoming, readRecord } from './received-event.js';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

type Event = Extract<Incoming, { kind: 'event' }>;

/** Applies events to this service: each one's effect once, in the order of its key, whatever fails in between. */
export class EventProcessor {
  private readonly logger = new Logger(EventProcessor.name);
  private readonly definitions: ReadonlyMap<string, EventHandler['definition']>;

  constructor(
    private readonly database: Database,
    private readonly handlers: ReadonlyMap<string, EventHandler>,
  ) {
    this.definitions = new Map([...handlers].map(([type, { definition }]) => [type, definition]));
  }

  /**
   * Applies records of one partition in one transaction. When that fails again and again, it goes on one by one: what
   * fails by itself becomes a dead letter, and later events of its key are parked behind it. While a server is away it
   * tries on until the signal aborts it.
   */
  async process(records: readonly LogRecord[], signal: AbortSignal): Promise<void> {
    const incoming = records.flatMap((record) => readRecord(record, this.definitions) ?? []);
    if (incoming.length === 0) return;
    const events = incoming.filter((one) => one.kind === 'event');
    if (events.length === incoming.length) {
      const failed = await this.attempt(events, signal);
      if (failed === undefined) return;
      const [first, ...more] = events;
      if (first !== undefined && more.length === 0) return await this.setAside(first, failed, signal);
      this.logger.warn(`${events.length} events fail together; they are tried one by one`);
    }
    for (const one of incoming) await this.processAlone(one, signal);
  }

  /** Applies one event, at once and only once tried: for operators. Resolves to the reason when it fails. */
  async applyInto(tx: Sql, record: LogRecord): Promise<string | undefined> {
    const one = readRecord(record, this.definitions);
    if (one === undefined) return 'No handler for this type of event in this version';
    if (one.kind === 'malformed') return one.reason;
    if ((await claim(tx, [record])).length > 0) await this.handle([one], tx);
    return undefined;
  }

  private async processAlone(one: Incoming, signal: AbortSignal): Promise<void> {
    const failed = one.kind === 'malformed' ? { reason: one.reason, attempts: 1 } : await this.attempt([one], signal);
    if (failed !== undefined) await this.setAside(one, failed, signal);
  }

  private async setAside(one: Incoming, failed: { reason: string; attempts: number }, signal: AbortSignal) {
    const type = one.kind === 'malformed' ? one.type : one.event.type;
    this.logger.error(`Event ${one.record.eventId} (${type}) is a dead letter now`);
    await this.untilServed(signal, () =>
      this.database.transaction((tx) => bury(tx, one.record, { type, state: 'dead', ...failed })),
    );
  }

  /** Tries with growing pauses; resolves to the last failure when the attempts are used up. */
  private async attempt(events: readonly Event[], signal: AbortSignal) {
    for (let attempts = 1; ; attempts += 1) {
      try {
        await this.untilServed(signal, () => this.database.transaction((tx) => this.apply(events, tx)));
        return undefined;
      } catch (error) {
        signal.throwIfAborted();
        if (attempts === ATTEMPTS) return { reason: messageOf(error), attempts };
        await sleep(pauseAfter(attempts), undefined, { signal });
      }
    }
  }

  /** An outage is nobody's fault: waits until it is over. */
  private async untilServed(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let outages = 1; ; outages += 1) {
      try {
        signal.throwIfAborted();
        await work();
        return;
      } catch (error) {
        if (signal.aborted || !isOutage(error)) throw error;
        await sleep(pauseAfter(outages), undefined, { signal });
      }
    }
  }

  private async apply(events: readonly Event[], tx: Sql): Promise<void> {
    const byRecord = new Map(events.map((event) => [event.record, event]));
    const fresh = await claim(tx, [...byRecord.keys()]);
    if (fresh.length === 0) return;
    const waiting = await blocked(tx, fresh);
    if (waiting.size > 0) await this.park(tx, [...waiting], byRecord);
    const ready = fresh.filter((record) => !waiting.has(record)).flatMap((record) => byRecord.get(record) ?? []);
    await this.handle(ready, tx);
  }

  private async park(tx: Sql, records: readonly LogRecord[], byRecord: ReadonlyMap<LogRecord, Event>): Promise<void> {
    await unclaim(tx, records);
    for (const record of records) {
      const type = byRecord.get(record)?.event.type ?? 'unknown';
      await bury(tx, record, { type, state: 'parked', reason: 'Waits behind a dead letter of its key', attempts: 0 });
    }
  }

  private async handle(events: readonly Event[], tx: Sql): Promise<void> {
    for (const batch of orderBatches(events.map(({ event }) => event))) {
      const handler = this.handlers.get(batch[0]?.type ?? '');
      if (handler !== undefined) await handleTraced(handler, batch, { tx });
    }
  }
}

const pauseAfter = (attempts: number) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
