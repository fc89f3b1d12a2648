import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import pg from 'pg';
import { PermitCache } from '../decide/permit-cache.js';

const RECONNECT_MS = 250;

/** Hears from the database when the replicated view changes, whichever process of the service changed it. */
@Injectable()
export class HearViewChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HearViewChanges.name);
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly permits: PermitCache,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => {});
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ ...this.database.pool.options, application_name: 'access view', keepAlive: true });
    this.client = client;
    client.on('notification', () => this.permits.forget());
    client.on('error', () => {});
    client.once('end', () => this.lost());
    try {
      await client.connect();
      await client.query('LISTEN access_view');
      if (!this.stopping) this.permits.hearsOfChanges(true);
    } catch (error) {
      // Without it every decision reads the view: slower, never wrong.
      this.logger.warn(`Decisions are not remembered for now: ${messageOf(error)}`);
      await client.end().catch(() => {});
    }
  }

  private lost(): void {
    this.permits.hearsOfChanges(false);
    clearTimeout(this.retry);
    if (!this.stopping) this.retry = setTimeout(() => void this.listen(), RECONNECT_MS).unref();
  }
}
