import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { FindUnusualHandler } from './find-unusual.handler.js';

const EVERY_MS = 30_000;
/** Between turns over what was there before: whoever reads the log goes first. */
const WITH_MORE_MS = 250;

/** Looks again and again; processes side by side do it in turn. */
@Injectable()
export class FindUnusualWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FindUnusualWorker.name);
  private readonly work: RepeatedWork;

  constructor(findUnusual: FindUnusualHandler) {
    this.work = new RepeatedWork(
      async () => (FindUnusualHandler.isFull(await findUnusual.execute(new Date())) ? WITH_MORE_MS : EVERY_MS),
      { restMs: EVERY_MS, say: (problem) => this.logger.error(`Nothing unusual is looked for: ${problem}`) },
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
