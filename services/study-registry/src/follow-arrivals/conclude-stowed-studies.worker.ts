import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import { ConcludeStowedStudies } from './conclude-stowed-studies.js';

/** A study is looked at so often while it is quiet. */
const LOOKS = 4;

/** Looks again and again which studies that were stored at the registry are quiet. */
export class ConcludeStowedStudiesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ConcludeStowedStudiesWorker.name);
  private readonly work: RepeatedWork;

  constructor(
    private readonly conclude: ConcludeStowedStudies,
    private readonly quietMs: number,
  ) {
    const restMs = quietMs / LOOKS;
    this.work = new RepeatedWork(
      async (signal) => {
        while (!signal.aborted && (await this.conclude.execute(this.quietMs)));
        return restMs;
      },
      { restMs, say: (problem) => this.logger.warn(`Studies are concluded later: ${problem}`) },
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
