import { type PostgresOptions, postgresServer } from '@yinglian/servers';
import { serverPlan } from '../supervise/process-plan.js';
import type { Supervisor } from '../supervise/supervisor.js';
import { databaseUrl, prepareDatabases } from './databases.js';
import { type EventLog, kafkaEventLog, postgresEventLog } from './event-log.js';
import type { Foundation } from './foundation.js';
import { portOf } from './services.js';
import { startKafka } from './start-kafka.js';

/** Where data and events are kept. */
export interface Servers {
  readonly eventLog: EventLog;
  databaseUrl(service: string): string;
}

/** Starts PostgreSQL, and Kafka when it is asked for, and prepares them. */
export async function startServers(foundation: Foundation, supervisor: Supervisor): Promise<Servers> {
  const { secrets, settings } = foundation;
  const postgres = postgresOptions(foundation);
  const kafka = settings.YINGLIAN_EVENTS === 'kafka' ? startKafka(foundation, supervisor) : undefined;
  // Seen again where it is awaited; meanwhile it must not count as unhandled.
  kafka?.catch(() => {});
  await supervisor.start(serverPlan(await postgresServer(postgres)));
  await prepareDatabases(postgres, secrets);
  return {
    eventLog: kafka === undefined ? await postgresEventLog(postgres, secrets) : kafkaEventLog(await kafka),
    databaseUrl: (service) => databaseUrl(postgres, secrets, service),
  };
}

function postgresOptions({ home, secrets, ports }: Foundation): PostgresOptions {
  return {
    dataFolder: home.folder('postgresql'),
    port: portOf(ports, 'postgresql'),
    password: secrets.of('database/postgres'),
    // Eight connections for each of some services, their event log and the gateways; memory for one machine.
    settings: ['max_connections=200', 'shared_buffers=128MB'],
  };
}
