import { kafkaServer } from '@yinglian/servers';
import { Obstacle } from '../obstacle.js';
import { serverPlan } from '../supervise/process-plan.js';
import type { Supervisor } from '../supervise/supervisor.js';
import { HOST } from './addresses.js';
import type { Foundation } from './foundation.js';
import { portOf } from './services.js';

/** The brokers' addresses: of a Kafka that runs already, else of one that is started here. */
export async function startKafka({ settings, home, ports }: Foundation, supervisor: Supervisor): Promise<string> {
  if (settings.YINGLIAN_KAFKA_BROKERS !== undefined) return settings.YINGLIAN_KAFKA_BROKERS;
  const port = portOf(ports, 'kafka');
  const command = await kafkaServer({ dataFolder: home.folder('kafka'), port }).catch((error: Error) => {
    throw new Obstacle(`${error.message}. Or name a running one in YINGLIAN_KAFKA_BROKERS.`);
  });
  await supervisor.start(serverPlan(command));
  return `${HOST}:${port}`;
}
