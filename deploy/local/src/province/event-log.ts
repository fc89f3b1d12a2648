import { type EventLogRole, prepareEventLog } from '@yinglian/messaging';
import { type PostgresOptions, postgresUrl } from '@yinglian/servers';
import type { Secrets } from '../home/secrets.js';
import { databaseUrl, roleOf, rolePassword } from './databases.js';
import { gatewayName } from './gateway-name.js';

export const DATABASE = 'event_log';

/** Topics that each service may write. Everybody who keeps data may read all of them. */
const TOPICS_WRITTEN = {
  directory: ['directory', 'audit'],
  'patient-index': ['persons', 'audit'],
  'study-registry': ['studies', 'audit'],
  'consent-audit': ['consents', 'audit'],
};

/** What carries the events: who may use it, and what a process needs to reach it. */
export interface EventLog {
  /** Lets a hospital's gateway write the hospital's topic, and nothing else. */
  admitGateway(hospital: string): Promise<void>;
  environment(part: string): Record<string, string>;
}

/** The log in PostgreSQL, with one role for each process that uses it. */
export async function postgresEventLog(options: PostgresOptions, secrets: Secrets): Promise<EventLog> {
  const role = (part: string, writes: readonly string[], reads: boolean): EventLogRole => ({
    name: roleOf(part),
    password: rolePassword(secrets, part),
    writes,
    reads,
  });
  const admin = postgresUrl(options, DATABASE);
  await prepareEventLog(admin, {
    roles: Object.entries(TOPICS_WRITTEN).map(([service, writes]) => role(service, writes, true)),
  });
  return {
    admitGateway: (hospital) =>
      prepareEventLog(admin, { roles: [role(gatewayName(hospital), [`hospital.${hospital}`], false)] }),
    environment: (part) => ({ EVENTS: 'postgres', EVENT_LOG_URL: databaseUrl(options, secrets, part, DATABASE) }),
  };
}

/** Kafka, reachable for whoever knows its address on this machine. */
export const kafkaEventLog = (brokers: string): EventLog => ({
  admitGateway: () => Promise.resolve(),
  environment: () => ({ EVENTS: 'kafka', KAFKA_BROKERS: brokers }),
});
