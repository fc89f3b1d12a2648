import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { EnterNames } from './enter-names.js';

const RETRY_MS = 5_000;

/** Enters the names of patients that an older version kept, while the service serves; what is done is done, whenever it stops. */
@Injectable()
export class EnterNamesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EnterNamesWorker.name);
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly enterNames: EnterNames,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.work();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    return this.working;
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const done = await this.database.transaction((tx) => this.enterNames.enterSome(tx));
        if (done) return;
      } catch (error) {
        // The database may be restarting.
        this.logger.warn(error);
        await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }
}
