import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { SealLogHandler } from './seal-log.handler.js';

/** A record is sealed so much later than it was kept at most. */
const EVERY_MS = 1_000;

/** Seals the audit log again and again; processes side by side do it in turn. */
@Injectable()
export class SealLogWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SealLogWorker.name);
  private readonly work: RepeatedWork;

  constructor(sealLog: SealLogHandler) {
    this.work = new RepeatedWork(
      async () => (SealLogHandler.isFull(await sealLog.execute(new Date())) ? 0 : EVERY_MS),
      { restMs: EVERY_MS, say: (problem) => this.logger.error(`The audit log is not sealed: ${problem}`) },
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
