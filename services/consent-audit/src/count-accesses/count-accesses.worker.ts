import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { RepeatedWork } from '@yinglian/platform';
import { countFurther } from '../storage/access-counts.js';

const EVERY_MS = 10_000;
/** Between turns over what was there before: whoever reads the log goes first. */
const WITH_MORE_MS = 250;
/** In one transaction, of some ten milliseconds. */
const AT_ONCE = 5_000;

/** Counts what is new in the log for the statistics; processes side by side do it in turn. */
@Injectable()
export class CountAccessesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CountAccessesWorker.name);
  private readonly work: RepeatedWork;

  constructor(database: Database) {
    this.work = new RepeatedWork(
      async () =>
        (await database.transaction((tx) => countFurther(tx, AT_ONCE))) === AT_ONCE ? WITH_MORE_MS : EVERY_MS,
      { restMs: EVERY_MS, say: (problem) => this.logger.error(`Accesses are not counted: ${problem}`) },
    );
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
