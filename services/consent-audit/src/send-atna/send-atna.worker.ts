import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { ATNA_SETTINGS, type AtnaSettings } from './atna.config.js';
import { SendAtnaHandler } from './send-atna.handler.js';

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 5_000;

/** Sends again and again while a repository is named. */
@Injectable()
export class SendAtnaWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SendAtnaWorker.name);
  private readonly work: RepeatedWork;

  constructor(
    sendAtna: SendAtnaHandler,
    @Inject(ATNA_SETTINGS) private readonly settings: AtnaSettings,
  ) {
    this.work = new RepeatedWork(
      async () => (SendAtnaHandler.isFull(await sendAtna.execute(new Date())) ? 0 : EVERY_MS),
      { restMs: AFTER_FAILURE_MS, say: (problem) => this.logger.error(`The audit log is not sent: ${problem}`) },
    );
  }

  onApplicationBootstrap(): void {
    if (this.settings.host !== null) this.work.start();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
