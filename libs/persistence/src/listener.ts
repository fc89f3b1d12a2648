import pg from 'pg';
import type { Database } from './database.js';

const RECONNECT_MS = 250;

export interface Hears {
  heard(payload: string): void;
  /** Whether everything is heard of that is told from now on; at first it is not. What was told before `true` may have been missed. */
  listens(isSo: boolean): void;
}

/** Hears what a channel of a service's database is told by NOTIFY, on a connection of its own, which is made again when it breaks. */
export class Listener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closing = false;

  /** @param channel an identifier of SQL */
  constructor(
    private readonly database: Database,
    private readonly channel: string,
    private readonly hears: Hears,
  ) {}

  /** Resolves when it listens, or has to try again. */
  async listen(): Promise<void> {
    const { options } = this.database.pool;
    const client = new pg.Client({ ...options, application_name: `listens to ${this.channel}`, keepAlive: true });
    this.client = client;
    client.on('notification', ({ payload = '' }) => this.hears.heard(payload));
    client.on('error', () => {});
    client.once('end', () => this.lost());
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
      if (!this.closing) this.hears.listens(true);
    } catch {
      await client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => {});
  }

  private lost(): void {
    this.hears.listens(false);
    clearTimeout(this.retry);
    if (!this.closing) this.retry = setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }
}
