import { setTimeout } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import { ConcludeStowedStudies } from './conclude-stowed-studies.js';

/** A study is looked at so often while it is quiet. */
const LOOKS = 4;

/** Looks again and again which studies that were stored at the registry are quiet. */
export class ConcludeStowedStudiesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ConcludeStowedStudiesWorker.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly conclude: ConcludeStowedStudies,
    private readonly quietMs: number,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    return this.running;
  }

  private async run(): Promise<void> {
    for (let hasFailed = false; !this.stopping.signal.aborted; ) {
      await setTimeout(this.quietMs / LOOKS, undefined, { signal: this.stopping.signal }).catch(() => {});
      try {
        while (!this.stopping.signal.aborted && (await this.conclude.execute(this.quietMs)));
        hasFailed = false;
      } catch (error) {
        // Said once per outage; the next turn does it.
        if (!hasFailed) this.logger.warn(`Studies are concluded later: ${messageOf(error)}`);
        hasFailed = true;
      }
    }
  }
}
