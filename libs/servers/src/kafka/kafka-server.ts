import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port.js';
import type { ServerCommand } from '../server-process.js';
import { kafkaJars } from './kafka-jars.js';
import { askApiVersions } from './kafka-probe.js';

export interface KafkaOptions {
  /** Empty or absent: storage is formatted there. */
  readonly dataFolder: string;
  readonly port: number;
  /** Where the broker's jars are kept once fetched; the repository's cache unless told. */
  readonly cacheFolder?: string;
}

const run = promisify(execFile);

/** One name for every single-node broker: it never meets another. */
const CLUSTER_ID = 'eWluZ2xpYW4ta2Fma2EtMQ';

/** Fetches the broker and formats its storage when they are missing, and says how to start it: KRaft, one node. */
export async function kafkaServer(options: KafkaOptions): Promise<ServerCommand> {
  const jars = await kafkaJars(options.cacheFolder);
  const properties = join(options.dataFolder, 'server.properties');
  const log = join(options.dataFolder, 'log');
  await mkdir(log, { recursive: true });
  await writeFile(properties, propertiesOf({ log, port: options.port, controllerPort: await freePort() }));
  const java = ['-Xms128m', '-Xmx384m', '-cp', join(jars, '*')];
  if (!existsSync(join(log, 'meta.properties'))) {
    const format = ['kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', properties];
    await run('java', [...java, ...format]);
  }
  return {
    name: 'kafka',
    executable: 'java',
    args: [...java, '-XX:+UseSerialGC', 'kafka.Kafka', properties],
    stopSignal: 'SIGTERM',
    ready: () => askApiVersions(options.port),
  };
}

const propertiesOf = ({ log, port, controllerPort }: { log: string; port: number; controllerPort: number }) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${log}
# One node holds every replica.
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# Topics are made on purpose, with their partitions.
auto.create.topics.enable=false
# An acknowledged event is on the disk: there is no second replica that would still have it.
log.flush.interval.messages=1
# Nobody else is going to join while a service starts.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
offsets.retention.minutes=40320
log.retention.hours=168
num.network.threads=2
num.io.threads=4
`;
