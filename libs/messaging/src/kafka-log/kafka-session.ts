import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { SubscribeOptions } from '../event-log/event-log.js';
import { recordOf } from './kafka-record.js';

const RECORDS_AT_ONCE = 200;
const BUSY_PARTITIONS = 4;
/** A member that was killed is missed after this long; the smallest that brokers allow by default. */
const SESSION_TIMEOUT_MS = 6_000;
const HEARTBEAT_MS = 1_000;
const MAX_WAIT_MS = 250;
const LEAVE_TIMEOUT_MS = 5_000;

/** One stay in a Kafka consumer group with a fixed list of topics. Offsets are committed after the handler's transaction. */
export class KafkaSession {
  private readonly consumer: Consumer;
  private readonly over = new AbortController();
  private crash: Error | undefined;

  constructor(
    kafka: Kafka,
    private readonly options: SubscribeOptions,
    private readonly closing: AbortSignal,
    onCrash: () => void,
  ) {
    this.consumer = kafka.consumer({
      groupId: options.group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      rebalanceTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      allowAutoTopicCreation: false,
      // The subscription starts another session by itself.
      retry: { restartOnFailure: async () => false },
    });
    this.consumer.on('consumer.crash', ({ payload }) => {
      this.crash = payload.error;
      this.over.abort();
      onCrash();
    });
  }

  async join(topics: string[]): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics, fromBeginning: true });
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: BUSY_PARTITIONS,
      eachBatch: (payload) => this.consume(payload),
    });
  }

  throwIfCrashed(): void {
    if (this.crash !== undefined) throw this.crash;
  }

  /** Finishes what is being handled and leaves the group; a broker that does not answer is not waited for. */
  async leave(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LEAVE_TIMEOUT_MS);
    });
    await Promise.race([this.consumer.disconnect().catch(() => {}), enough]);
    clearTimeout(timer);
    this.over.abort();
  }

  private async consume({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const signal = AbortSignal.any([this.over.signal, this.closing]);
    // A handler may take longer than a session; a heartbeat that fails shows in the commit.
    const beat = setInterval(() => void heartbeat().catch(() => {}), HEARTBEAT_MS);
    try {
      for (let start = 0; start < batch.messages.length; start += RECORDS_AT_ONCE) {
        const messages = batch.messages.slice(start, start + RECORDS_AT_ONCE);
        const last = messages.at(-1);
        if (last === undefined || !isRunning() || isStale()) return;
        await this.options.onRecords(
          messages.map((message) => recordOf(topic, partition, message)),
          signal,
        );
        resolveOffset(last.offset);
        await this.consumer.commitOffsets([{ topic, partition, offset: String(BigInt(last.offset) + 1n) }]);
      }
    } finally {
      clearInterval(beat);
    }
  }
}
