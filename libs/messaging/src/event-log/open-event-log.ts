import { KafkaLog } from '../kafka-log/kafka-log.js';
import type { MessagingConfig } from '../messaging.config.js';
import { PostgresLog } from '../postgres-log/postgres-log.js';
import type { EventLog } from './event-log.js';

/** The event log that the configuration names. Connects when first used. */
export function openEventLog(config: MessagingConfig, applicationName: string): EventLog {
  if (config.EVENTS === 'postgres') {
    if (config.EVENT_LOG_URL === undefined) throw new Error('EVENT_LOG_URL is needed when EVENTS is postgres');
    return new PostgresLog({ url: config.EVENT_LOG_URL, applicationName });
  }
  if (config.KAFKA_BROKERS === undefined) throw new Error('KAFKA_BROKERS is needed when EVENTS is kafka');
  return new KafkaLog({ brokers: config.KAFKA_BROKERS.split(','), clientId: applicationName });
}
