import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { countNames } from '../storage/name-count.store.js';

const LOOK_EVERY_MS = 600_000;
const DUE_AFTER_MS = 86_400_000;

/** Counts names once a day, in whichever process looks first. */
@Injectable()
export class CountNamesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CountNamesWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private counting: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.counting = this.counting.then(() => this.count(new Date()));
    }, LOOK_EVERY_MS);
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    return this.counting;
  }

  private async count(now: Date): Promise<void> {
    try {
      await this.database.transaction((tx) => countNames(tx, now, new Date(now.getTime() - DUE_AFTER_MS)));
    } catch (error) {
      // The database may be restarting; the next look does it.
      this.logger.warn(error);
    }
  }
}
