import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, kafkaServer, RunningServer } from '@yinglian/servers';

/** A real Kafka broker of one test file. */
export class TestKafka {
  private constructor(
    readonly server: RunningServer,
    /** host:port, as KAFKA_BROKERS takes it. */
    readonly brokers: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<TestKafka> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-kafka-'));
    const port = await freePort();
    const server = await RunningServer.start(await kafkaServer({ dataFolder: folder, port }));
    return new TestKafka(server, `127.0.0.1:${port}`, folder);
  }

  /** Ends it without a chance to say goodbye. */
  kill(): Promise<void> {
    return this.server.kill('SIGKILL');
  }

  restart(): Promise<void> {
    return this.server.restart();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
