import type { Kafka, Producer } from 'kafkajs';
import type { EventLog, LogRecord, LogSubscription, SubscribeOptions } from '../event-log/event-log.js';
import { messageOf } from './kafka-record.js';
import { KafkaSubscription } from './kafka-subscription.js';
import { ensureTopics } from './kafka-topics.js';

export interface KafkaLogOptions {
  /** host:port each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
}

/** Short enough that whoever appends hears of an outage while it can still tell somebody. */
const CONNECT_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 };

/** The event log of a cluster: Apache Kafka. */
export class KafkaLog implements EventLog {
  private opening: Promise<Kafka> | undefined;
  private readonly subscriptions: KafkaSubscription[] = [];
  private readonly knownTopics = new Set<string>();
  private producer: Promise<Producer> | undefined;
  private ending: Promise<void> | undefined;

  constructor(private readonly options: KafkaLogOptions) {}

  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    const byTopic = Map.groupBy(records, ({ topic }) => topic);
    await this.ensureTopics([...byTopic.keys()]);
    const connected = this.connected();
    try {
      const producer = await connected;
      await producer.sendBatch({
        acks: -1,
        topicMessages: [...byTopic].map(([topic, ofTopic]) => ({ topic, messages: ofTopic.map(messageOf) })),
      });
    } catch (error) {
      // After a failure an idempotent producer cannot know which sequence number the broker expects.
      if (this.producer === connected) this.producer = undefined;
      await connected.then((producer) => producer.disconnect()).catch(() => {});
      throw error;
    }
  }

  async subscribe(options: SubscribeOptions): Promise<LogSubscription> {
    const subscription = new KafkaSubscription(await this.kafka(), options);
    this.subscriptions.push(subscription);
    subscription.start();
    return subscription;
  }

  close(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    // Who subscribes meanwhile has its subscription in the list by then.
    await this.opening;
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()));
    await this.producer?.then((producer) => producer.disconnect()).catch(() => {});
  }

  private async ensureTopics(topics: readonly string[]): Promise<void> {
    const missing = topics.filter((topic) => !this.knownTopics.has(topic));
    if (missing.length === 0) return;
    const admin = (await this.kafka()).admin();
    try {
      await admin.connect();
      await ensureTopics(admin, missing);
      for (const topic of missing) this.knownTopics.add(topic);
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= (async () => {
      const { Partitioners } = await import('kafkajs');
      const producer = (await this.kafka()).producer({
        idempotent: true,
        maxInFlightRequests: 1,
        createPartitioner: Partitioners.DefaultPartitioner,
        allowAutoTopicCreation: false,
      });
      await producer.connect();
      return producer;
    })();
    return this.producer;
  }

  /** Its 143 modules are loaded where there is a cluster. */
  private kafka(): Promise<Kafka> {
    this.opening ??= import('kafkajs').then(
      ({ Kafka, logLevel }) =>
        new Kafka({
          clientId: this.options.clientId,
          brokers: [...this.options.brokers],
          connectionTimeout: CONNECT_TIMEOUT_MS,
          requestTimeout: REQUEST_TIMEOUT_MS,
          retry: RETRY,
          // It logs each attempt as an error; what matters is thrown.
          logLevel: logLevel.NOTHING,
        }),
    );
    return this.opening;
  }
}
