import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { AskAboutNewcomersHandler } from './ask-about-newcomers.handler.js';

/** While few come, a steward is asked so much later than a patient came at most. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 5_000;

@Injectable()
export class AskAboutNewcomersWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AskAboutNewcomersWorker.name);
  private readonly work: RepeatedWork;

  constructor(askAboutNewcomers: AskAboutNewcomersHandler) {
    this.work = new RepeatedWork(async () => ((await askAboutNewcomers.execute(new Date())) ? 0 : LOOK_EVERY_MS), {
      restMs: RETRY_MS,
      say: (problem) => this.logger.error(`Stewards are not asked who is likely the same: ${problem}`),
    });
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
