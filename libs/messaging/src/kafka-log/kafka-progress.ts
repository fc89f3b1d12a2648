import type { Admin, Kafka } from 'kafkajs';
import { inFamilies, type SubscribeOptions } from '../event-log/event-log.js';

const LOOK_AGAIN_MS = 10;

interface End {
  readonly topic: string;
  readonly partition: number;
  readonly position: number;
}

/** How far a consumer group has come, asked of the brokers. */
export class KafkaProgress {
  private connected: Promise<Admin> | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: SubscribeOptions,
  ) {}

  lag(): Promise<ReadonlyMap<string, number>> {
    return this.ask(async (admin) => {
      const ends = await endsOf(admin, this.options.families);
      const committed = await this.committed(admin, ends);
      const lag = new Map<string, number>();
      for (const { topic, partition, position } of ends) {
        const behind = Math.max(0, position - (committed.get(`${topic}/${partition}`) ?? 0));
        lag.set(topic, (lag.get(topic) ?? 0) + behind);
      }
      return lag;
    });
  }

  caughtUp(families: readonly string[], timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    return this.ask(async (admin) => {
      let behind = await endsOf(admin, families);
      for (;;) {
        const committed = await this.committed(admin, behind);
        behind = behind.filter(
          ({ topic, partition, position }) => position > (committed.get(`${topic}/${partition}`) ?? 0),
        );
        if (behind.length === 0) return true;
        if (Date.now() >= deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    });
  }

  async close(): Promise<void> {
    await this.connected?.then((admin) => admin.disconnect()).catch(() => {});
  }

  private async committed(admin: Admin, ends: readonly End[]): Promise<ReadonlyMap<string, number>> {
    const topics = [...new Set(ends.map(({ topic }) => topic))];
    if (topics.length === 0) return new Map();
    const offsets = await admin.fetchOffsets({ groupId: this.options.group, topics });
    return new Map(
      offsets.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Math.max(0, Number(offset))] as const),
      ),
    );
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    this.connected ??= (async () => {
      const admin = this.kafka.admin();
      await admin.connect();
      return admin;
    })();
    const { connected } = this;
    try {
      return await question(await connected);
    } catch (error) {
      if (this.connected === connected) this.connected = undefined;
      void connected.then((admin) => admin.disconnect()).catch(() => {});
      throw error;
    }
  }
}

/** The present ends of all partitions that hold anything. */
async function endsOf(admin: Admin, families: readonly string[]): Promise<End[]> {
  const topics = (await admin.listTopics()).filter((topic) => inFamilies(topic, families));
  const ends = await Promise.all(
    topics.map(async (topic) =>
      (await admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => ({
        topic,
        partition,
        position: high === low ? 0 : Number(high),
      })),
    ),
  );
  return ends.flat().filter(({ position }) => position > 0);
}
