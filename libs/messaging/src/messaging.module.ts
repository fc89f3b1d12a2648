import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Database, type Migrations } from '@yinglian/persistence';
import { ConsumerProgress } from './consume-events/consumer-progress.js';
import { EventLogTransport } from './consume-events/event-log.transport.js';
import { deadLettersControllerOf } from './dead-letters/dead-letters.controller.js';
import { ReplayDeadLettersHandler } from './dead-letters/replay-dead-letters.handler.js';
import type { EventLog } from './event-log/event-log.js';
import { openEventLog } from './event-log/open-event-log.js';
import type { MessagingConfig } from './messaging.config.js';
import { observeMessaging } from './messaging.metrics.js';
import { Outbox } from './outbox/outbox.js';
import { OutboxRelay } from './outbox/outbox-relay.js';

/** Tables outbox, inbox and dead_letters, for the migrations of every service with events. */
export const messagingMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'messaging_migrations',
};

export interface MessagingOptions {
  /** Its name is the consumer group and the CloudEvents source. */
  readonly service: string;
  readonly config: MessagingConfig;
}

const EVENT_LOG = Symbol('event log');

/** Events of a service with a database: outbox, consumers, dead letters. Needs PersistenceModule. */
@Global()
@Module({})
export class MessagingModule implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly relay: OutboxRelay,
    private readonly database: Database,
    private readonly transport: EventLogTransport,
  ) {}

  static forService({ service, config }: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      controllers: [deadLettersControllerOf(service)],
      providers: [
        { provide: EVENT_LOG, useFactory: () => openEventLog(config, service) },
        {
          provide: Outbox,
          useFactory: (database: Database, relay: OutboxRelay) =>
            new Outbox(database, `urn:yinglian:${service}`, relay),
          inject: [Database, OutboxRelay],
        },
        {
          provide: OutboxRelay,
          useFactory: (database: Database, log: EventLog) => new OutboxRelay(database, log),
          inject: [Database, EVENT_LOG],
        },
        {
          provide: EventLogTransport,
          useFactory: (log: EventLog, database: Database) => new EventLogTransport(log, database, service),
          inject: [EVENT_LOG, Database],
        },
        {
          provide: ConsumerProgress,
          useFactory: (transport: EventLogTransport) => new ConsumerProgress(transport),
          inject: [EventLogTransport],
        },
        {
          provide: ReplayDeadLettersHandler,
          useFactory: (database: Database, transport: EventLogTransport) =>
            new ReplayDeadLettersHandler(database, transport),
          inject: [Database, EventLogTransport],
        },
      ],
      exports: [Outbox, EventLogTransport, ConsumerProgress],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    observeMessaging(this.database, this.transport);
    this.relay.start();
    await this.transport.start();
  }

  /** Before the pool closes. What is still in the outbox leaves at the next start. */
  onModuleDestroy(): Promise<void> {
    return this.relay.stop();
  }

  onApplicationShutdown(): Promise<void> {
    return this.log.close();
  }
}
