import type { EventLog, LogRecord, LogSubscription, SubscribeOptions } from '../event-log/event-log.js';

export interface KafkaLogOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
}

export class KafkaLog implements EventLog {
  constructor(readonly options: KafkaLogOptions) {}
  append(_records: readonly LogRecord[]): Promise<void> {
    throw new Error('Not connected');
  }
  subscribe(_options: SubscribeOptions): Promise<LogSubscription> {
    throw new Error('Not connected');
  }
  async close(): Promise<void> {}
}
