import { Logger } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import type { Kafka } from 'kafkajs';
import { inFamilies, type LogSubscription, type SubscribeOptions } from '../event-log/event-log.js';
import { WakeUp } from '../event-log/wake-up.js';
import { KafkaProgress } from './kafka-progress.js';
import { KafkaSession } from './kafka-session.js';
import { ensureTopics } from './kafka-topics.js';

const RECONNECT_MS = 500;
/** How often topics of hospitals that joined are looked for. */
const DISCOVER_MS = 1_000;

/** One process's membership of a consumer group, kept up over restarts of brokers and extended to new topics. */
export class KafkaSubscription implements LogSubscription {
  private readonly logger = new Logger(KafkaSubscription.name);
  private readonly wakeUp = new WakeUp();
  private readonly closing = new AbortController();
  private readonly progress: KafkaProgress;
  private running: Promise<void> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: SubscribeOptions,
  ) {
    this.progress = new KafkaProgress(kafka, options);
  }

  start(): void {
    this.running = this.run();
  }

  lag(): Promise<ReadonlyMap<string, number>> {
    return this.progress.lag();
  }

  caughtUp(families: readonly string[], timeoutMs: number): Promise<boolean> {
    return this.progress.caughtUp(families, timeoutMs);
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.wakeUp.wake();
    await this.running;
    await this.progress.close();
  }

  private async run(): Promise<void> {
    let failed = false;
    while (!this.closing.signal.aborted) {
      try {
        await this.session(() => {
          failed = false;
        });
      } catch (error) {
        if (!failed) this.logger.warn(`The event log cannot be read: ${messageOf(error)}`);
        failed = true;
        await this.wakeUp.wait(RECONNECT_MS);
      }
    }
  }

  /** Consumes the topics that exist; returns when there are more of them or the subscription closes. */
  private async session(onJoined: () => void): Promise<void> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      await ensureTopics(
        admin,
        this.options.families.filter((family) => family !== 'hospital'),
      );
      const discover = async () =>
        (await admin.listTopics()).filter((topic) => inFamilies(topic, this.options.families)).sort();
      const topics = await discover();
      if (topics.length === 0) return await this.wakeUp.wait(DISCOVER_MS);
      const session = new KafkaSession(this.kafka, this.options, this.closing.signal, () => this.wakeUp.wake());
      try {
        await session.join(topics);
        onJoined();
        while (!this.closing.signal.aborted) {
          await this.wakeUp.wait(DISCOVER_MS);
          session.throwIfCrashed();
          if ((await discover()).length > topics.length) return;
        }
      } finally {
        await session.leave();
      }
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }
}
