import { Logger } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { EventDefinition } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EventLog, LogSubscription } from '../event-log/event-log.js';
import { EventProcessor } from './event-processor.js';
import type { EventHandler } from './handle-events.js';
import { pruneInbox } from './inbox.store.js';

const PRUNE_EVERY_MS = 3_600_000;

/**
 * Serves @ConsumeEvents handlers from the event log. Nest's own Kafka transport commits offsets whatever the handler
 * answers and retries a poisonous message for ever; this one commits after the handler's transaction.
 */
export class EventLogTransport extends Server implements CustomTransportStrategy {
  /** The processor sees what handlers throw, so Nest need not report it. */
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger(EventLogTransport.name);
  private subscribed: LogSubscription | undefined;
  private processing: EventProcessor | undefined;
  private pruning: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly database: Database,
    private readonly group: string,
  ) {
    super();
  }

  /** Undefined before the start, and in a service that consumes nothing. */
  get subscription(): LogSubscription | undefined {
    return this.subscribed;
  }

  get processor(): EventProcessor {
    this.processing ??= new EventProcessor(this.database, this.eventHandlers());
    return this.processing;
  }

  /** Nest starts transports before the modules' own hooks have run; consuming begins after them, with `start`. */
  listen(callback: () => void): void {
    callback();
  }

  async start(): Promise<void> {
    const handlers = this.eventHandlers();
    if (handlers.size === 0) return;
    const { processor } = this;
    const families = [...new Set([...handlers.values()].map(({ definition }) => definition.topicFamily))];
    this.subscribed = await this.log.subscribe({
      group: this.group,
      families,
      onRecords: (records, signal) => processor.process(records, signal),
    });
    this.pruning = setInterval(() => void pruneInbox(this.database).catch(() => {}), PRUNE_EVERY_MS).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.pruning);
    await this.subscribed?.close();
  }

  on(): never {
    throw new Error('The event log transport has no events of its own');
  }

  unwrap<T>(): T {
    throw new Error('The event log is behind its port');
  }

  private eventHandlers(): ReadonlyMap<string, EventHandler> {
    return new Map([...this.messageHandlers].map(([type, handler]) => [type, eventHandlerOf(type, handler)]));
  }
}

function eventHandlerOf(type: string, handler: MessageHandler): EventHandler {
  const definition: EventDefinition | undefined = handler.extras?.definition;
  if (definition === undefined) throw new Error(`The handler of ${type} needs @ConsumeEvents, not @EventPattern`);
  return {
    definition,
    async handle(batch, context) {
      const result: unknown = await handler(batch, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    },
  };
}
