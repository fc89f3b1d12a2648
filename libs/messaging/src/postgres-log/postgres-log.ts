import pg from 'pg';
import type { EventLog, LogRecord, LogSubscription, SubscribeOptions } from '../event-log/event-log.js';
import { PostgresSubscription } from './postgres-subscription.js';

export interface PostgresLogOptions {
  /** postgres:// URL of the event log database with the caller's own role. */
  readonly url: string;
  readonly applicationName: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 2;

/** The event log of a small installation: tables in a PostgreSQL database of their own. */
export class PostgresLog implements EventLog {
  private readonly pool: pg.Pool;
  private readonly subscriptions: PostgresSubscription[] = [];
  private ending: Promise<void> | undefined;

  constructor(options: PostgresLogOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    this.pool.on('error', () => {});
  }

  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.pool.query('SELECT event_log.append($1, $2, $3, $4)', [
      records.map(({ topic }) => topic),
      records.map(({ key }) => key),
      records.map(({ eventId }) => eventId),
      records.map(({ envelope }) => envelope),
    ]);
  }

  async subscribe(options: SubscribeOptions): Promise<LogSubscription> {
    const subscription = new PostgresSubscription(this.pool, options);
    this.subscriptions.push(subscription);
    subscription.start();
    return subscription;
  }

  close(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()));
    await this.pool.end();
  }
}
