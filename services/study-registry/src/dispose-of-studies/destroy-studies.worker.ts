import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { DestroyObjects } from './destroy-objects.js';
import { DestroyStudy } from './destroy-study.js';
import { DisposalSettings } from './disposal-settings.js';

const DAY_MS = 24 * 3_600_000;
const REST_MS = 2_000;

/** Destroys what was registered long enough ago. Several processes may: each step changes nothing when it is done again. */
@Injectable()
export class DestroyStudiesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DestroyStudiesWorker.name);
  private readonly work: RepeatedWork;

  constructor(study: DestroyStudy, objects: DestroyObjects, { graceDays }: DisposalSettings) {
    this.work = new RepeatedWork(
      async () => {
        const isErased = await study.execute(new Date(Date.now() - graceDays * DAY_MS));
        const isDestroyed = await objects.execute();
        return isErased || isDestroyed ? 0 : REST_MS;
      },
      { restMs: REST_MS, say: (problem) => this.logger.warn(`Studies are destroyed later: ${problem}`) },
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
