import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { sweepRecords } from '../storage/provider-record.store.js';

const EVERY_MS = 60_000;

/** Forgets expired sessions, codes and grants, once a minute. */
@Injectable()
export class SweepRecords implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SweepRecords.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweep();
    }, EVERY_MS);
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    return this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      await sweepRecords(this.database);
    } catch (error) {
      // The database may be restarting; the next minute does it.
      this.logger.warn(error);
    }
  }
}
